using System.Buffers.Binary;
using EcsImages.Core.Disks.Vhdx;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Makes a VHDX whose log was not carried out: QEMU carries its own out at once.</summary>
internal static class VhdxLog
{
    private const int KiB64 = 64 * 1024, LogAt = 1 << 20;

    public static void MakePending(string file)
    {
        QemuImg.Run("create", "-f", "vhdx", "-o", "block_size=1M,log_size=1M", file, "5M");
        QemuImg.Kill(file, "write -P 0x11 64k 300k");
        var bytes = File.ReadAllBytes(file);
        Assert.True(bytes.AsSpan(LogAt).StartsWith("loge"u8));
        // A header that names the log is what says that its entries count.
        var log = bytes.AsSpan(LogAt + 32, 16).ToArray();
        foreach (var at in (int[])[KiB64, 2 * KiB64])
        {
            var header = bytes.AsSpan(at, 4096);
            log.CopyTo(header[48..]);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Crc32C.Of(header));
        }
        File.WriteAllBytes(file, bytes);
    }
}
