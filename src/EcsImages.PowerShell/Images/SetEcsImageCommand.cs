using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Changes attributes of images, and only those that are named; then reads the images again, and warns of what did not take effect.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Set-EcsImage -Name web-2026-11-rc1 -Description 'Web server, release candidate'</code>
/// <para>Changes the name and the description of an image; all else stays.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-10 | Set-EcsImage -Status Deprecated</code>
/// <para>Takes an image out of use: its family passes over it, while it can still be launched by its id.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Set-EcsImage -BootMode UEFI-Preferred -NvmeSupport supported</code>
/// <para>Lets an image that can do so boot with UEFI, and from NVMe disks.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "EcsImage", SupportsShouldProcess = true)]
[OutputType(typeof(EcsImage)), Calls("ecs:ModifyImageAttribute", "ecs:DescribeImages")]
public sealed class SetEcsImageCommand : EcsRegionCmdlet
{
    /// <summary>The images to change; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The new name.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The new description.</summary>
    [Parameter, ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The new image family.</summary>
    [Parameter, ArgumentCompleter(typeof(FamilyCompleter)), ValidateNotNullOrEmpty]
    public string? Family { get; set; }

    /// <summary>BIOS, UEFI or UEFI-Preferred. The image must really be able to boot so; not while instances use it.</summary>
    [Parameter, ArgumentCompleter(typeof(BootModeCompleter)), ValidateNotNullOrEmpty]
    public string? BootMode { get; set; }

    /// <summary>supported or unsupported; $true and $false do as well. The image must really hold the driver.</summary>
    [Parameter, SupportWord, ArgumentCompleter(typeof(NvmeSupportCompleter)), ValidateNotNullOrEmpty]
    public string? NvmeSupport { get; set; }

    /// <summary>v2 for instances with the hardened metadata service only; there is no way back to v1.</summary>
    [Parameter, ArgumentCompleter(typeof(ImdsSupportCompleter)), ValidateNotNullOrEmpty]
    public string? ImdsSupport { get; set; }

    /// <summary>Deprecated, or Available again.</summary>
    [Parameter, ArgumentCompleter(typeof(SettableStatusCompleter)), ValidateNotNullOrEmpty]
    public string? Status { get; set; }

    /// <summary>The license of an imported Windows.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LicenseType { get; set; }

    /// <summary>Has the service check the request without changing anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Changes().Length == 0)
            ThrowTerminatingError(new CmdletInputException("NothingToChange", "Nothing to change is named.",
                "Add what is to change: -Name, -Description, -Family, -BootMode, -NvmeSupport, -ImdsSupport, -Status or -LicenseType.").ToErrorRecord(null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var image = Await(stop => new ImageQueries(access).GetAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{image.Name} ({id}) in {image.RegionId}: {string.Join(", ", Changes())}", "Change image")) return;
        var (now, notInEffect) = Await(stop => new ImageChanges(access).ModifyAsync(Request(id, image.RegionId), stop));
        foreach (var problem in notInEffect) WriteWarning($"Image {id} in {image.RegionId}: {problem}.");
        WriteObject(now);
    });

    private ModifyImageAttributeRequest Request(string id, string regionId) => new()
    {
        RegionId = regionId,
        ImageId = id,
        ImageName = Name,
        Description = Description,
        ImageFamily = Family,
        BootMode = BootMode,
        Features = NvmeSupport is null && ImdsSupport is null ? null : new FeaturesRequest { NvmeSupport = NvmeSupport, ImdsSupport = ImdsSupport },
        Status = Status,
        LicenseType = LicenseType,
        DryRun = DryRun ? true : null,
    };

    private string[] Changes() =>
        [.. new (string Name, string? Value)[]
        {
            (nameof(Name), Name), (nameof(Description), Description), (nameof(Family), Family), (nameof(BootMode), BootMode),
            (nameof(NvmeSupport), NvmeSupport), (nameof(ImdsSupport), ImdsSupport), (nameof(Status), Status), (nameof(LicenseType), LicenseType),
        }.Where(static c => c.Value is not null).Select(static c => $"{c.Name} = '{c.Value}'")];
}
