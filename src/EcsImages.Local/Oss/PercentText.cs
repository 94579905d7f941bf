using System.Buffers;
using System.Text;
using EcsImages.Core.Acs;

namespace EcsImages.Local.Oss;

/// <summary>Percent encoding as OSS reads it: UTF-8, and in a path a plus is a plus.</summary>
internal static class PercentText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Strictly encoded, but slashes stay.</summary>
    public static string EncodePath(string text) => StrictEncoding.Encode(text).Replace("%2F", "/", StringComparison.Ordinal);

    /// <exception cref="OssError">Not UTF-8.</exception>
    public static string DecodePath(string text) => Decode(text) ?? throw OssError.Of("InvalidObjectName.Encoding");

    /// <exception cref="OssError">Not UTF-8.</exception>
    public static string DecodeQuery(string text) =>
        Decode(text.Replace('+', ' ')) ?? throw OssError.Of("InvalidArgument.Encoding");

    // A percent sign that no two hexadecimal digits follow stands for itself.
    private static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var bytes = new ArrayBufferWriter<byte>(text.Length);
        var encoded = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < encoded.Length; i++)
        {
            var isEscape = encoded[i] == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit((char)encoded[i + 1]) && char.IsAsciiHexDigit((char)encoded[i + 2]);
            bytes.GetSpan(1)[0] = isEscape ? (byte)(Convert.ToInt32($"{(char)encoded[i + 1]}{(char)encoded[i + 2]}", 16)) : encoded[i];
            bytes.Advance(1);
            if (isEscape) i += 2;
        }
        try
        {
            return Strict.GetString(bytes.WrittenSpan);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
