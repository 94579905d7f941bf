using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EcsImages.Emulator.Metadata;

/// <summary>The tokens of the metadata service. Each says its own end under a seal, so that none needs to be kept.</summary>
internal sealed class MetadataTokens(TimeProvider clock)
{
    /// <summary>The longest life of one.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(21_600);

    private const int EndLength = sizeof(long);
    private readonly byte[] _seal = RandomNumberGenerator.GetBytes(32);

    public string Issue(TimeSpan life)
    {
        Span<byte> token = stackalloc byte[EndLength + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, (clock.GetUtcNow() + life).ToUnixTimeMilliseconds());
        HMACSHA256.HashData(_seal, token[..EndLength], token[EndLength..]);
        return Convert.ToBase64String(token);
    }

    public bool IsValid(string text)
    {
        Span<byte> token = stackalloc byte[EndLength + HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(text, token, out var length) && length == token.Length
            && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_seal, token[..EndLength]), token[EndLength..])
            && clock.GetUtcNow().ToUnixTimeMilliseconds() < BinaryPrimitives.ReadInt64BigEndian(token);
    }
}
