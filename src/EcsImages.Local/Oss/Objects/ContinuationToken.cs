using System.Text;

namespace EcsImages.Local.Oss.Objects;

/// <summary>Where a listing goes on: the last key, in the service's wrapping (a length-prefixed field in Base64 that ends in dashes).</summary>
internal static class ContinuationToken
{
    private const byte Field = 0x0A;

    public static string Write(string key)
    {
        var text = Encoding.UTF8.GetBytes(key);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Field);
        writer.Write7BitEncodedInt(text.Length);
        writer.Write(text);
        return Convert.ToBase64String(bytes.ToArray()).Replace('=', '-');
    }

    /// <exception cref="OssError">No token of ours.</exception>
    public static string Read(string token)
    {
        var digits = token.TrimEnd('-', '=');
        var bytes = new byte[digits.Length];
        if (Convert.TryFromBase64String(digits.PadRight((digits.Length + 3) / 4 * 4, '='), bytes, out var count) && count > 1 && bytes[0] == Field)
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 1, count - 1, writable: false));
            try
            {
                var length = reader.Read7BitEncodedInt();
                if (length == reader.BaseStream.Length - reader.BaseStream.Position)
                    return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(reader.ReadBytes(length));
            }
            catch (Exception e) when (e is FormatException or EndOfStreamException or DecoderFallbackException)
            {
                throw OssError.Argument("continuation-token", token);
            }
        }
        throw OssError.Argument("continuation-token", token);
    }
}
