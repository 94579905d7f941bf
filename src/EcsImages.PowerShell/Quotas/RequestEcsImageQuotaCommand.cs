using System.Management.Automation;
using EcsImages.Core.Acs;
using EcsImages.Core.Quotas;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Quotas;

/// <summary>Asks Alibaba Cloud for more of a quota around images. The service decides, at once or after a review by a person.</summary>
/// <example>
/// <code>Request-EcsImageQuota CustomImage -Total 200 -Reason 'Nightly builds keep 30 versions of 6 images' -Wait -TimeoutSec 60</code>
/// <para>Asks for room for 200 custom images in the region at hand, and waits up to a minute until it is granted.</para>
/// </example>
/// <example>
/// <code>Request-EcsImageQuota SharedAccountPerImage -RegionId cn-beijing -Total 80 -Reason 'The base image goes to 70 project accounts'</code>
/// <para>Asks that each image in Beijing may be shared with 80 accounts.</para>
/// </example>
/// <example>
/// <code>Get-EcsImageQuota CustomImage -RegionId cn-hangzhou, cn-beijing | Request-EcsImageQuota -Total 300 -Reason 'A second product line'</code>
/// <para>Asks for the same in several regions.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Request, "EcsImageQuota", DefaultParameterSetName = ByName, SupportsShouldProcess = true)]
[OutputType(typeof(EcsQuotaApplication)), Calls("quotas:CreateQuotaApplication", "quotas:GetProductQuota")]
public sealed class RequestEcsImageQuotaCommand : EcsRegionCmdlet
{
    private const string ByName = "Name";
    private const string ByCode = "QuotaActionCode";
    private readonly Dictionary<(string Code, string RegionId), long> _requested = [];
    private readonly Dictionary<(EcsContext Context, string Code, string RegionId), EcsQuotaApplication> _applications = [];
    private Pending<EcsImageQuota>? _pending;

    /// <summary>CustomImage, SharedAccountPerImage, or the code of another quota of ECS.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(QuotaNameCompleter)), ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The quota by its code, as Get-EcsImageQuota writes it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCode, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(QuotaNameCompleter)), ValidateNotNullOrEmpty]
    public string? QuotaActionCode { get; set; }

    /// <summary>The new total, not how many more.</summary>
    [Parameter(Position = 1, Mandatory = true), ValidateRange(1, int.MaxValue)]
    public int? Total { get; set; }

    /// <summary>Why: the service wants to know, and a person may read it.</summary>
    [Parameter(Mandatory = true), ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Waits until the quota has grown. A review by a person takes days: -TimeoutSec ends the waiting, never the application.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsImageQuota>(this, "Waiting for quotas", access => QuotaFollowing.Until(access, _requested));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Name ?? QuotaActionCode, () =>
    {
        if (string.IsNullOrWhiteSpace(Reason))
            throw new CmdletInputException("EmptyReason", "The -Reason is empty.", "Say in a sentence what the quota is needed for; a person may read it.");
        var quota = QuotaNames.Find((Name ?? QuotaActionCode)!);
        var context = ResolveContext();
        var regionId = RegionId ?? context.RegionId;
        var present = Present(context, quota, regionId);
        if (present is not null) ImageQuotas.CheckApplicable(present, Total!.Value);
        var now = present?.Total is { } total ? $" instead of {total}" : "";
        if (Confirms($"{quota.Name} in {regionId}: {Total}{now}", "Request quota")) Apply(context, quota, present?.Total, regionId);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (context, quota) =>
        WriteObject(_applications[(context, quota!.QuotaActionCode, quota.RegionId)] with { Status = "Agree", Approved = quota.Total }));

    // Whoever may apply need not be allowed to read: then the service judges.
    private EcsImageQuota? Present(EcsContext context, ImageQuota quota, string regionId)
    {
        try
        {
            return Await(stop => new ImageQuotas(AccessOf(context)).GetAsync(quota, regionId, stop));
        }
        catch (AcsException e) when (ErrorCategories.Of(e) is ErrorCategory.PermissionDenied)
        {
            WriteVerbose($"The quota {quota.Name} in {regionId} cannot be read ({e.Code}, needs {e.Action}); the service judges the application.");
            return null;
        }
    }

    private void Apply(EcsContext context, ImageQuota quota, long? previous, string regionId)
    {
        var application = Await(stop => new ImageQuotas(AccessOf(context)).ApplyAsync(quota, previous, Total!.Value, Reason!, regionId, stop));
        if (Wait && application.Status is "Process")
        {
            _requested[(quota.Code, regionId)] = application.Requested;
            _applications[(context, quota.Code, regionId)] = application;
            _pending!.Add(context, quota.Code, regionId);
            return;
        }
        if (application.Status is "Disagree") WriteWarning($"The application {application.ApplicationId} for {quota.Name} in {regionId} was refused: {application.AuditReason ?? "no reason was given"}.");
        WriteObject(application);
    }
}
