using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Takes shares of images back. Instances that the accounts made of them run on, but cannot be reinitialised.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-08 | Remove-EcsImageShare -AccountId 1234567890123456 -Confirm:$false</code>
/// <para>Takes the share of one account back, without asking.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-08 | Remove-EcsImageShare -All -Confirm:$false</code>
/// <para>Takes an image back from all accounts that it is shared with.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EcsImageShare", DefaultParameterSetName = "Account", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Calls("ecs:ModifyImageSharePermission", "ecs:DescribeImageSharePermission", "ecs:DescribeImages")]
public sealed class RemoveEcsImageShareCommand : EcsRegionCmdlet
{
    /// <summary>The images; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The accounts that are to lose access; 16 digits each.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "Account"), ValidateNotNullOrEmpty]
    public string[] AccountId { get; set; } = [];

    /// <summary>Takes back all shares.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <summary>Has the service check the request without changing anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var changes = new ImageChanges(access);
        var image = Await(stop => new ImageQueries(access).GetAsync(id, RegionId ?? context.RegionId, stop));
        var accounts = All ? Await(stop => changes.SharesAsync(id, image.RegionId, stop)).Select(static s => s.AccountId).ToArray() : AccountId;
        if (accounts.Length == 0) WriteVerbose($"Image {id} in {image.RegionId} is shared with nobody.");
        else if (Confirms($"{image.Name} ({id}) in {image.RegionId} with {string.Join(", ", accounts)}", "Take back share of image"))
            Await(stop => changes.ShareAsync(id, image.RegionId, accounts, add: false, DryRun, stop));
    });
}
