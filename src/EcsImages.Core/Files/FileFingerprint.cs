using System.Globalization;
using System.Security.Cryptography;

namespace EcsImages.Core.Files;

/// <summary>Tells whether a file is still what it was, without reading all of it.</summary>
internal static class FileFingerprint
{
    private const int Sample = 64 * 1024, Samples = 16;

    /// <summary>Its length, the time of its last write, and a digest of samples: its start, its end, and some between.</summary>
    /// <remarks>A write that keeps the time and misses the samples is not seen here. Whoever resumes compares checksums of what there is, too.</remarks>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<string> OfAsync(string path, CancellationToken stop)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[Sample];
        for (var i = 0; i < Samples; i++)
        {
            // Divided first: the product of a large length does not fit.
            var at = length <= Sample ? 0 : i == Samples - 1 ? length - Sample : (length - Sample) / (Samples - 1) * i;
            var count = await RandomAccess.ReadAsync(file, bytes, at, stop).ConfigureAwait(false);
            digest.AppendData(bytes, 0, count);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{length} {File.GetLastWriteTimeUtc(file).Ticks} {Convert.ToHexString(digest.GetCurrentHash())}");
    }
}
