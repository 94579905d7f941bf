using System.Security.Cryptography;
using System.Text;

namespace EcsImages.Local.Contents.Synthetic;

/// <summary>Identifiers that are the same whenever they are derived from the same seed.</summary>
internal static class DerivedBytes
{
    /// <summary>A UUID of version 8 (RFC 9562, 5.8: made by a rule of one's own).</summary>
    public static Guid Uuid(string seed, string purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash(seed, purpose).AsSpan(0, 16).CopyTo(bytes);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A number other than 0, as disk signatures and volume serials are.</summary>
    public static uint Number(string seed, string purpose) => BitConverter.ToUInt32(Hash(seed, purpose)) | 1;

    private static byte[] Hash(string seed, string purpose) => SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{seed}"));
}
