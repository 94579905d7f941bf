using System.Collections.Concurrent;

namespace EcsImages.Core.Images;

/// <summary>The lifecycles of operating systems, and which one an image has.</summary>
internal static class Lifecycles
{
    private const string CheckedVersion = "acs:ecs:image:osVersion";
    private const string PublicFamily = "acs:";
    private const string AssignedId = "m-";

    private static readonly Lazy<LifecycleFile> Table = new(LifecycleFile.Read);
    private static readonly Lazy<OSText> Text = new(static () => new OSText(Table.Value.Names));

    private static readonly Lazy<ILookup<string, (OSVersion Version, EcsOSLifecycle Row)>> Versions = new(static () =>
        Table.Value.Rows.ToLookup(static r => r.OS, static r => (OSText.Version(r.Match ?? r.Version ?? ""), r), StringComparer.Ordinal));

    private static readonly Lazy<Dictionary<string, EcsOSLifecycle>> ByName = new(static () => Table.Value.Rows.ToDictionary(static r => r.Name, StringComparer.Ordinal));

    // Thousands of images say the same few texts. Nothing grows without end: past this many it begins anew.
    private const int MostTexts = 2048;
    private static readonly ConcurrentDictionary<string, Reading?> Readings = new(StringComparer.Ordinal);

    /// <summary>What a text says: the system, whether it says a version, and the row of that version.</summary>
    private sealed record Reading(string OS, bool SaysVersion, EcsOSLifecycle? Row);

    /// <summary>Every version that is known.</summary>
    public static IReadOnlyList<EcsOSLifecycle> All => Table.Value.Rows;

    /// <summary>The day that the table was made.</summary>
    public static DateOnly AsOf => Table.Value.AsOf;

    /// <summary>The row of a text that begins with an operating system and version, such as "CentOS 7.9".</summary>
    public static EcsOSLifecycle? OfText(string text) => Remembered(text)?.Row;

    /// <summary>The operating system that a text begins with, and what it says of the version; null if it names none that is known.</summary>
    public static (string OS, bool SaysVersion)? Read(string text) => Remembered(text) is { } read ? (read.OS, read.SaysVersion) : null;

    /// <summary>The row of a public image that may no longer exist, by its id, such as ubuntu_18_04_x64_20G_alibase_20230727.vhd.</summary>
    public static EcsOSLifecycle? OfImageId(string datedId) => IsReadable(datedId) ? OfText(datedId) : null;

    /// <summary>The row of an image; null if the image does not say what is known.</summary>
    public static EcsOSLifecycle? Of(EcsImage image)
    {
        string? os = null;
        foreach (var text in Texts(image))
        {
            if (Remembered(text) is not { } read) continue;
            // What the image says first of its system stands; a text that says less leaves the version to the next.
            if (os is not null && os != read.OS) continue;
            os = read.OS;
            if (read.Row is { } row) return row;
            if (read.SaysVersion) return null;
        }
        return null;
    }

    /// <summary>Some row of the image's operating system, for what all versions of it have in common; null if it is not known.</summary>
    public static EcsOSLifecycle? SystemOf(EcsImage image) =>
        Texts(image).Select(Remembered).FirstOrDefault(static r => r is not null) is { } read ? Versions.Value[read.OS].First().Row : null;

    /// <summary>The row with this operating system and version in one, as Successor and Alternatives name them.</summary>
    public static EcsOSLifecycle? Named(string? name) => name is null ? null : ByName.Value.GetValueOrDefault(name);

    /// <summary>What to move to on a day: the first successor that has not ended itself; null if there is none.</summary>
    public static EcsOSLifecycle? SuccessorOf(EcsOSLifecycle row, DateOnly day)
    {
        var next = Named(row.Successor);
        for (var steps = 0; next is not null && next.IsPastEnd(day); steps++)
            next = steps < All.Count ? Named(next.Successor) : null;
        return next;
    }

    private static Reading? Remembered(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (Readings.Count > MostTexts) Readings.Clear();
        return Readings.GetOrAdd(text, static t => Text.Value.Read(t) is { } read
            ? new Reading(read.OS, read.Version.Numbers.Count > 0, Row(read.OS, read.Version))
            : null);
    }

    private static EcsOSLifecycle? Row(string os, OSVersion said) =>
        Versions.Value[os].Where(r => r.Version.Covers(said)).OrderByDescending(static r => r.Version.Length).Select(static r => r.Row).FirstOrDefault();

    // From what is most certain to what is least. A family is anybody's text, but for those of public images.
    private static IEnumerable<string?> Texts(EcsImage image)
    {
        yield return image.OSName;
        if (image.Tags.TryGetValue(CheckedVersion, out var found))
        {
            yield return found;
            yield return $"{image.Platform} {found}";
        }
        if (image.Family?.StartsWith(PublicFamily, StringComparison.Ordinal) is true) yield return image.Family;
        if (IsReadable(image.ImageId)) yield return image.ImageId;
        yield return image.Platform;
    }

    private static bool IsReadable(string imageId) => !imageId.StartsWith(AssignedId, StringComparison.Ordinal);
}
