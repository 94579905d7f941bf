using System.Management.Automation;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Files;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>Compares the disks in two disk-image files, byte by byte and whatever their formats, and tells where they differ.</summary>
/// <remarks>What both files know to be zeros is not read. It needs no connection.</remarks>
/// <example>
/// <code>Compare-EcsImageFile ./disk.raw ./disk.vmdk</code>
/// <para>Tells whether both files hold the same disk, and if not, which ranges of it differ.</para>
/// </example>
/// <example>
/// <code>if (Compare-EcsImageFile ./disk.raw ./disk.vmdk -Quiet) { 'the same disk' }</code>
/// <para>Asks for yes or no, and ends at the first difference.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "EcsImageFile")]
[OutputType(typeof(EcsImageFileComparison), typeof(bool)), Calls]
public sealed class CompareEcsImageFileCommand : EcsFileCmdlet
{
    private const int MostRanges = 1000;

    /// <summary>The one file, each character as it stands.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ReferencePath"), ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The other files, each character as it stands.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName"), ValidateNotNullOrEmpty]
    public string[] DifferencePath { get; set; } = [];

    /// <summary>Gives true or false only, and ends at the first difference.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Reads the files that QCOW2 files are based on too, wherever they say that those lie. Say so only for files that you trust.</summary>
    [Parameter]
    public SwitchParameter FollowBackingFile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Existing(Path, isLiteral: true) is not [var one]) return;
        foreach (var path in DifferencePath)
            foreach (var other in Existing(path, isLiteral: true))
                ForFile(other, () => Write(one, other));
    }

    private void Write(string one, string other)
    {
        using var bar = new ByteProgress(this, $"Comparing {one} with {other}");
        var comparison = Await(stop => CompareAsync(one, other, bar, stop));
        WriteObject(Quiet ? comparison.IsEqual : comparison);
    }

    private async Task<EcsImageFileComparison> CompareAsync(string one, string other, ByteProgress bar, CancellationToken stop)
    {
        var left = await DiskFile.OpenAsync(one, Options(FollowBackingFile, bar), stop).ConfigureAwait(false);
        await using (left.ConfigureAwait(false))
        {
            var right = await DiskFile.OpenAsync(other, Options(FollowBackingFile, bar), stop).ConfigureAwait(false);
            await using (right.ConfigureAwait(false))
            {
                var isDecided = Quiet && left.Disk.Length != right.Disk.Length;
                var (content, otherContent) = (await LookAsync(left.Disk, stop).ConfigureAwait(false), await LookAsync(right.Disk, stop).ConfigureAwait(false));
                var places = new DiskPlaces(content.Partitions.Count > 0 ? content : otherContent, Math.Max(left.Disk.Length, right.Disk.Length));
                var found = isDecided ? new DiskDifferences(0, [], 0)
                    : await DiskComparison.RunAsync(left.Disk, right.Disk, Quiet ? 0 : MostRanges, bar.Of("Comparing"), stop, places.Count).ConfigureAwait(false);
                return new EcsImageFileComparison
                {
                    Path = one,
                    DifferencePath = other,
                    SizeBytes = left.Disk.Length,
                    DifferenceSizeBytes = right.Disk.Length,
                    DifferentBytes = found.DifferentBytes,
                    HasSamePartitions = content.Scheme == otherContent.Scheme && content.Partitions.Select(Layout).SequenceEqual(otherContent.Partitions.Select(Layout)),
                    Places = places.Counted(),
                    Ranges = [.. found.Ranges.SelectMany(r => places.Named(r.Start, r.Length))],
                    MoreRanges = found.MoreRanges,
                };
            }
        }
    }

    // Yes or no does not depend on what lies where.
    private Task<DiskInspection> LookAsync(IDisk disk, CancellationToken stop) =>
        Quiet ? Task.FromResult(new DiskInspection { Scheme = PartitionScheme.None }) : DiskInspector.RunAsync(disk, stop);

    private static (int, long, long, string) Layout(InspectedPartition partition) => (partition.Number, partition.Start, partition.Length, partition.TypeName);
}
