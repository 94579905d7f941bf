using System.Text;

namespace EcsImages.Core.Disks.Inspection.Volumes;

/// <summary>Labels and ids as they stand in file systems.</summary>
internal static class VolumeText
{
    private const int MostShown = 256;

    /// <summary>Up to the first zero, without what cannot be shown.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Clean(Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end])).Trim();
    }

    /// <summary>What a disk says of itself, fit to be shown: no sequence of control characters reaches a terminal, and no text is without end.</summary>
    public static string Clean(string text) => IsClean(text) ? text : new string([.. text.Take(MostShown).Where(static c => !char.IsControl(c))]);

    /// <summary>Whether a name can be shown as it stands.</summary>
    public static bool IsClean(string text) => text.Length <= MostShown && !text.Any(char.IsControl);

    /// <summary>In the order of its bytes; empty where all are zero.</summary>
    public static string Uuid(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyExcept((byte)0) ? new Guid(bytes, bigEndian: true).ToString() : "";
}
