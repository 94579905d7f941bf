using System.Management.Automation;
using EcsImages.Core.Files;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>Gets what disk-image files are, and what is on their disks: format, sizes, partitions, boot mode, operating system, architecture, kernels and their drivers.</summary>
/// <remarks>
/// It reads RAW, QCOW2, VHD, VHDX, VMDK and VDI, by what a file holds and not by its name, also out of gzip, tar and tar.gz. Nothing
/// is mounted or started: a few MiB of the disk are read, the files of a Linux from ext2, ext3, ext4, XFS and FAT. What cannot be told is
/// empty. It needs no connection. Test-EcsImageFile judges what it finds.
/// </remarks>
/// <example>
/// <code>Get-EcsImageFile ./disk.vmdk</code>
/// <para>Gets what a file is.</para>
/// </example>
/// <example>
/// <code>(Get-EcsImageFile ./disk.vmdk).Partitions</code>
/// <para>Lists the partitions of the disk, and what they hold.</para>
/// </example>
/// <example>
/// <code>Get-EcsImageFile ./*.raw, ./*.qcow2 | Where-Object SizeGiB -le 2048</code>
/// <para>Finds the files whose disks are no larger than a system disk may be.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImageFile", DefaultParameterSetName = ByPath)]
[OutputType(typeof(EcsImageFile)), Calls]
public sealed class GetEcsImageFileCommand : EcsFileCmdlet
{
    private const string ByPath = "Path", ByLiteralPath = "LiteralPath";

    /// <summary>The files; wildcards work.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, each character as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName"), ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Reads the files that a QCOW2 file is based on too, wherever it says that they lie. Say so only for files that you trust.</summary>
    [Parameter]
    public SwitchParameter FollowBackingFile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == ByLiteralPath;
        foreach (var path in isLiteral ? LiteralPath : Path)
            foreach (var file in Existing(path, isLiteral))
                ForFile(file, () => Describe(file));
    }

    private void Describe(string file)
    {
        using var bar = new ByteProgress(this, $"Looking at {file}");
        WriteObject(Await(stop => DescribeAsync(file, FollowBackingFile, bar, stop)));
    }
}
