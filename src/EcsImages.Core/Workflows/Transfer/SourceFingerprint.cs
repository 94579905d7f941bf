using System.Globalization;
using System.Security.Cryptography;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>What tells a file from the one that it was before: its length, its time, and samples of its bytes.</summary>
internal static class SourceFingerprint
{
    private const int Sample = 64 * 1024, Samples = 16;

    /// <summary>A text that changes when the file does. It reads 1 MiB at most.</summary>
    public static async Task<string> OfAsync(string path, CancellationToken stop)
    {
        var source = FileSource.Open(path);
        await using (source.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var block = new byte[Sample];
            for (var i = 0; i < Samples && source.Length > 0; i++)
            {
                var at = Math.Max(0, source.Length - Sample) / (Samples - 1) * i;
                var piece = block.AsMemory(0, (int)Math.Min(Sample, source.Length - at));
                await source.ReadExactlyAsync(at, piece, stop).ConfigureAwait(false);
                hash.AppendData(piece.Span);
            }
            var changed = File.GetLastWriteTimeUtc(path).Ticks;
            return string.Create(CultureInfo.InvariantCulture, $"{source.Length} {changed} {Convert.ToHexString(hash.GetHashAndReset())}");
        }
    }
}
