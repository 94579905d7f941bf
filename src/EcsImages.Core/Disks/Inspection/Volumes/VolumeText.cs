using System.Text;

namespace EcsImages.Core.Disks.Inspection.Volumes;

/// <summary>Labels and ids as they stand in file systems.</summary>
internal static class VolumeText
{
    /// <summary>Up to the first zero, without what cannot be shown.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        return new string([.. text.Where(static c => !char.IsControl(c))]).Trim();
    }

    /// <summary>In the order of its bytes; empty where all are zero.</summary>
    public static string Uuid(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyExcept((byte)0) ? new Guid(bytes, bigEndian: true).ToString() : "";
}
