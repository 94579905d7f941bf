using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EcsImages.Local.Ecs;

/// <summary>A public key as OpenSSH writes it: its kind, and a blob in Base64 (RFC 4253, section 6.6).</summary>
internal sealed record SshPublicKey(string Kind, byte[] Blob)
{
    // The families that ImportKeyPair lists.
    private static readonly string[] Kinds = ["ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"];

    public string Line => $"{Kind} {Convert.ToBase64String(Blob)}";

    /// <summary>The digest of the blob, byte by byte with colons, as RFC 4716 has it.</summary>
#pragma warning disable CA5351 // The service names keys by MD5; nothing is kept safe by it.
    public string Fingerprint => Convert.ToHexString(MD5.HashData(Blob)).ToLowerInvariant().Chunk(2).Select(static b => new string(b)).Aggregate(static (a, b) => $"{a}:{b}");
#pragma warning restore CA5351

    public static SshPublicKey Of(RSA key)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new("ssh-rsa", [.. Field(Encoding.ASCII.GetBytes("ssh-rsa")), .. Number(numbers.Exponent!), .. Number(numbers.Modulus!)]);
    }

    /// <summary>The key of such a line, without its comment; null where it is none, or of another kind.</summary>
    public static SshPublicKey? Parse(string line)
    {
        if (line.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries) is not [var kind, var text, ..] || !Kinds.Contains(kind)) return null;
        var blob = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, blob, out var length)) return null;
        Array.Resize(ref blob, length);
        // The blob says again what it is; a blob of fields to its last byte is a key.
        return Fields(blob) is [var first, _, _, ..] && first.SequenceEqual(Encoding.ASCII.GetBytes(kind)) ? new(kind, blob) : null;
    }

    private static List<byte[]>? Fields(ReadOnlySpan<byte> blob)
    {
        var fields = new List<byte[]>();
        while (blob.Length > 0)
        {
            if (blob.Length < 4) return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(blob);
            if (length > blob.Length - 4) return null;
            fields.Add(blob.Slice(4, (int)length).ToArray());
            blob = blob[(4 + (int)length)..];
        }
        return fields;
    }

    private static byte[] Field(ReadOnlySpan<byte> bytes)
    {
        var field = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(field, bytes.Length);
        bytes.CopyTo(field.AsSpan(4));
        return field;
    }

    // Numbers are signed: one whose first bit is set has a zero before it.
    private static byte[] Number(byte[] bytes) => Field(bytes[0] >= 0x80 ? [0, .. bytes] : bytes);
}
