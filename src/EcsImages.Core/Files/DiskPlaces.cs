using EcsImages.Core.Disks.Inspection;

namespace EcsImages.Core.Files;

/// <summary>Says in which partition, or in what else of a disk, a range lies, and counts what differs in each.</summary>
internal sealed class DiskPlaces
{
    private const string Table = "partition table", Outside = "outside of all partitions", Whole = "disk";
    private const int GptEntries = 16 * 1024;
    private readonly List<Stretch> _stretches = [];
    private readonly SortedDictionary<int, long> _differences = [];

    /// <param name="content">What is on the disk.</param>
    /// <param name="length">Of the longer one of the disks that are compared, in bytes.</param>
    public DiskPlaces(DiskInspection content, long length)
    {
        var at = 0L;
        foreach (var (start, end, name, number) in Marked(content, length).OrderBy(static s => s.Start).ThenBy(static s => s.End))
        {
            // What overlaps counts for the first.
            if (end <= at) continue;
            if (start > at) _stretches.Add(new Stretch(at, start, content.Scheme is PartitionScheme.None ? Whole : Outside, null));
            _stretches.Add(new Stretch(Math.Max(at, start), end, name, number));
            at = end;
        }
        if (at < length) _stretches.Add(new Stretch(at, length, content.Scheme is PartitionScheme.None ? Whole : Outside, null));
    }

    /// <summary>Counts a range that differs.</summary>
    public void Count(long start, long length)
    {
        foreach (var (index, _, part) in Split(start, length)) _differences[index] = _differences.GetValueOrDefault(index) + part;
    }

    /// <summary>What was counted, in the order of the disk.</summary>
    public EcsImageFilePlace[] Counted() => [.. _differences.Select(d => (Stretch: _stretches[d.Key], Bytes: d.Value))
        .GroupBy(static d => (d.Stretch.Name, d.Stretch.Number)).Select(static g => new EcsImageFilePlace(g.Key.Name, g.Key.Number, g.Sum(static d => d.Bytes)))];

    /// <summary>A range, divided where it goes from one place to another.</summary>
    public IEnumerable<EcsImageFileRange> Named(long start, long length) => Split(start, length).Select(s => new EcsImageFileRange(s.Start, s.Length, _stretches[s.Index].Name));

    private IEnumerable<(int Index, long Start, long Length)> Split(long start, long length)
    {
        var end = start + length;
        var first = _stretches.BinarySearch(new Stretch(start, start, "", null), Stretch.ByStart);
        for (var i = first < 0 ? ~first - 1 : first; i < _stretches.Count && _stretches[i].Start < end; i++)
        {
            var (from, to) = (Math.Max(start, _stretches[i].Start), Math.Min(end, _stretches[i].End));
            if (to > from) yield return (i, from, to - from);
        }
    }

    private static IEnumerable<(long Start, long End, string Name, int? Number)> Marked(DiskInspection content, long length)
    {
        if (content.Scheme is PartitionScheme.Mbr) yield return (0, 512, Table, null);
        if (content.Scheme is PartitionScheme.Gpt)
        {
            yield return (0, 2L * content.SectorSize + GptEntries, Table, null);
            yield return (Math.Max(0, length - content.SectorSize - GptEntries), length, Table, null);
        }
        foreach (var partition in content.Partitions.Where(static p => p.IsWhole && !p.IsExtended))
            yield return (partition.Start, partition.Start + partition.Length, Name(partition), partition.Number);
    }

    private static string Name(InspectedPartition partition)
    {
        var label = partition.Label.Length > 0 ? partition.Label : partition.Name;
        var about = string.Join(' ', ((string[])[partition.FileSystem.Name(), label]).Where(static w => w.Length > 0));
        return about.Length == 0 ? partition.Called : $"{(partition.Number == 0 ? Whole : partition.Called)} ({about})";
    }

    private sealed record Stretch(long Start, long End, string Name, int? Number)
    {
        public static readonly IComparer<Stretch> ByStart = Comparer<Stretch>.Create(static (a, b) => a.Start.CompareTo(b.Start));
    }
}
