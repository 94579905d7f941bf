using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Local.Contents;

/// <summary>Reads one stored MiB out of a file and checks it against its digest.</summary>
internal static class StoredMiB
{
    /// <param name="file">The file of the content.</param>
    /// <param name="contentId">For the message.</param>
    /// <param name="path">For the message.</param>
    /// <param name="mib">Which MiB.</param>
    /// <param name="bytes">As long as the MiB is.</param>
    /// <param name="digests">Has a digest for it.</param>
    /// <param name="stop">Cancels the call.</param>
    /// <exception cref="ContentDamagedException">Too short, or not what was stored.</exception>
    public static async ValueTask ReadAsync(
        SafeFileHandle file, string contentId, string path, long mib, Memory<byte> bytes, DigestTable digests, CancellationToken stop)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var count = await RandomAccess.ReadAsync(file, bytes[at..], mib * MiB.Size + at, stop).ConfigureAwait(false);
            if (count == 0) throw new ContentDamagedException(contentId, path, mib);
            at += count;
        }
        if (!Matches(bytes.Span, digests.Find(mib))) throw new ContentDamagedException(contentId, path, mib);
    }

    private static bool Matches(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> expected)
    {
        Span<byte> digest = stackalloc byte[DigestTable.DigestSize];
        SHA256.HashData(bytes, digest);
        return digest.SequenceEqual(expected);
    }
}
