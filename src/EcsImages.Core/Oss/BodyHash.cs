using System.Security.Cryptography;

namespace EcsImages.Core.Oss;

/// <summary>What a body comes to while it passes: its length, and both checksums that OSS tells.</summary>
internal sealed class BodyHash : IDisposable
{
#pragma warning disable CA5351 // What the protocol has; nothing is kept safe by it.
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    public static byte[] Md5(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    public long Length { get; private set; }

    public ulong Crc64 { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        Crc64 = Oss.Crc64.Append(Crc64, bytes);
        Length += bytes.Length;
    }

    /// <summary>The MD5 so far, as an ETag has it: upper-case hex.</summary>
    public string ETag() => Convert.ToHexString(_md5.GetCurrentHash());

    public void Dispose() => _md5.Dispose();
}
