using System.Management.Automation;
using EcsImages.Core.Files;
using EcsImages.Core.Files.Checks;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Core.Machines;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Images;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>Tells whether the disks in disk-image files can be imported and would start then, and what to do where not: each check with what it found, a remedy and the rule's source.</summary>
/// <remarks>
/// It looks at format and size, partition table, boot loaders, operating system, drivers for disk and network, initramfs, cloud-init,
/// /etc/fstab, LVM, encryption, architecture and end of life, without mounting or starting anything. What it cannot tell it says: it
/// does not read Btrfs, NTFS, or what lies in LVM. It needs a connection for -InstanceType only.
/// </remarks>
/// <example>
/// <code>Test-EcsImageFile ./disk.vmdk</code>
/// <para>Tells whether a disk would start on ECS.</para>
/// </example>
/// <example>
/// <code>(Test-EcsImageFile ./disk.vmdk).Problems</code>
/// <para>Lists what is against it, each with what helps.</para>
/// </example>
/// <example>
/// <code>Test-EcsImageFile ./disk.vmdk -InstanceType ecs.g8y.large</code>
/// <para>Tells whether it would start on an ARM type.</para>
/// </example>
/// <example>
/// <code>if (Test-EcsImageFile ./disk.vmdk -Quiet) { 'It starts.' }</code>
/// <para>Asks for a plain $true or $false, in a script.</para>
/// </example>
/// <example>
/// <code>Get-EcsImageFile ./disk.raw | Test-EcsImageFile -DataDisk</code>
/// <para>Judges a disk that holds data only, and that was looked at before.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "EcsImageFile", DefaultParameterSetName = ByPath)]
[OutputType(typeof(EcsImageFileTest)), OutputType(typeof(bool))]
[Calls("ecs:DescribeInstanceTypes")]
public sealed class TestEcsImageFileCommand : EcsRegionCmdlet
{
    private const string ByPath = "Path", ByLiteralPath = "LiteralPath", ByFile = "File";
    private readonly FilePaths _paths;
    private IReadOnlyList<EcsInstanceType?>? _types;

    /// <summary>Makes the cmdlet.</summary>
    public TestEcsImageFileCommand() => _paths = new FilePaths(this);

    /// <summary>The files; wildcards work.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, each character as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName"), ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The file that came down the pipeline, which need not be looked at again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFile, ValueFromPipeline = true, DontShow = true), Seen(typeof(EcsImageFile))]
    public EcsImageFile? SeenFile { get; set; }

    /// <summary>The instance types that it is to start on, such as ecs.g7.large; wildcards work. Each gives an answer of its own.</summary>
    [Parameter, ArgumentCompleter(typeof(InstanceTypeCompleter)), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] InstanceType { get; set; } = [];

    /// <summary>Judges it as a data disk, which need not start.</summary>
    [Parameter]
    public SwitchParameter DataDisk { get; set; }

    /// <summary>The architecture that it is to be imported with, in place of the one that was found: x86_64, i386 or arm64.</summary>
    [Parameter, ArgumentCompleter(typeof(ArchitectureCompleter)), ValidateNotNullOrEmpty]
    public string? Architecture { get; set; }

    /// <summary>The boot mode that it is to be imported with, in place of the one that was found: BIOS, UEFI or UEFI-Preferred.</summary>
    [Parameter, ArgumentCompleter(typeof(BootModeCompleter)), ValidateNotNullOrEmpty]
    public string? BootMode { get; set; }

    /// <summary>Reads the files that a QCOW2 file is based on too, wherever it says that they lie. Say so only for files that you trust.</summary>
    [Parameter]
    public SwitchParameter FollowBackingFile { get; set; }

    /// <summary>Writes $true or $false for each file: $true also where there are warnings only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (SeenFile is not null)
        {
            ForItem(SeenFile.Path, () => Judge(SeenFile));
            return;
        }
        var isLiteral = ParameterSetName == ByLiteralPath;
        foreach (var path in isLiteral ? LiteralPath : Path)
            foreach (var file in _paths.Existing(path, isLiteral))
                ForItem(file, () => _paths.ForFile(file, () => Judge(Look(file))));
    }

    private EcsImageFile Look(string file)
    {
        using var bar = new ByteProgress(this, $"Looking at {file}");
        return Await(stop => EcsFileCmdlet.DescribeAsync(file, FollowBackingFile, bar, stop));
    }

    private void Judge(EcsImageFile file)
    {
        foreach (var type in _types ??= Types())
        {
            var judged = FileChecks.Judge(new FileCandidate
            {
                File = file,
                Today = DateOnly.FromDateTime(DateTime.UtcNow),
                IsDataDisk = DataDisk,
                SaidArchitecture = Architecture,
                SaidBootMode = BootMode,
                Type = type,
            });
            WriteObject(Quiet ? judged.Verdict is not EcsCompatibilityVerdict.Incompatible : judged);
        }
    }

    // Where no type is asked about, nobody need be connected.
    private IReadOnlyList<EcsInstanceType?> Types()
    {
        if (InstanceType.Length == 0) return [null];
        var context = ResolveContext();
        return new CompatibilityReading(this, AccessOf(context), RegionId ?? context.RegionId).Types(InstanceType);
    }
}
