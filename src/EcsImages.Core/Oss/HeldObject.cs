using EcsImages.Core.Disks;

namespace EcsImages.Core.Oss;

/// <summary>Whether a bucket holds what is to be uploaded already, told by its length and its CRC-64 without a byte of it travelling.</summary>
internal static class HeldObject
{
    private const int Block = 256 * 1024;

    /// <summary>The object; null where it is not there, or is another one.</summary>
    public static async Task<UploadedObject?> FindAsync(OssClient oss, string regionId, string bucket, string key, IByteSource source, IProgress<DiskCopyProgress>? progress, CancellationToken stop)
    {
        var head = await oss.FindObjectAsync(regionId, bucket, key, stop).ConfigureAwait(false);
        if (head?.Crc64 is not { } told || head.Length != source.Length) return null;
        ulong crc = 0;
        var block = new byte[Block];
        for (long at = 0; at < source.Length;)
        {
            var piece = block.AsMemory(0, (int)Math.Min(Block, source.Length - at));
            await source.ReadExactlyAsync(at, piece, stop).ConfigureAwait(false);
            crc = Crc64.Append(crc, piece.Span);
            at += piece.Length;
            progress?.Report(new DiskCopyProgress(at, source.Length));
        }
        return crc == told ? new UploadedObject(head.Length, crc, head.Length) : null;
    }
}
