using System.Text;

namespace EcsImages.Emulator.Tests.Fuzz;

/// <summary>Changes bytes in the ways that break parsers.</summary>
internal static class Mutation
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "%", "%0", "%00", "%ff", "%C0%80", "%ED%A0%80", "&", "&&", "=", "+", "/", "//", "../", "%2e%2e%2f", "?", "#", "\0", "\r", "\n", "\r\n", "\r\n\r\n", " ", "\t", ":", ";", ",", "\"", "'",
            "-1", "0", "00", "1e400", "NaN", "99999999999999999999", "2147483648", "9223372036854775808", ".1", ".0.", ".999999999.", "Tag.1.Key=", "Tag.=", "Action=", "Version=", "Format=XML&",
            "Content-Length: 5\r\n", "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n", "Host: b.oss-cn-hangzhou.aliyuncs.com\r\n", "Host: [::1\r\n", "Host: \r\n",
            "Content-Type: application/json\r\n", "Content-Type: application/x-www-form-urlencoded\r\n", "Range: bytes=0-0,-5\r\n", "Connection: upgrade\r\nUpgrade: h2c\r\n", "Content-Encoding: gzip\r\n", "X-Forwarded-For: x\r\n",
            "CONNECT a:1 HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\0\u00a0\u0001", "{", "}", "[", "]", "{\"a\":", "\\ud800", "null", "true", "\ud83d\ude00", "\u00ff\u00fe",
            "<", ">", "</", "/>", "<a>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&#0;", "&#xD800;", "<![CDATA[", "]]>", "<!--", "<?x ?>", "xmlns=\"\"", " a=\"\"", "<Key>", "<Part>", "<PartNumber>",
            "POST /_emulator/clock HTTP/1.1\r\nHost: localhost\r\n", "*", "HTTP/1.0", "HTTP/9.9",
        }.Select(Encoding.UTF8.GetBytes),
        Encoding.ASCII.GetBytes(new string('a', 9000)),
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<a>", 300))),
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("[", 300))),
    ];

    /// <summary>The sample, changed in up to six places; now and then it goes on as another one.</summary>
    public static byte[] Of(byte[] sample, Random random, IReadOnlyList<byte[]> others)
    {
        var bytes = new List<byte>(sample);
        for (var n = random.Next(1, 7); n > 0; n--) Change(bytes, random, others);
        return [.. bytes];
    }

    public static string Of(string sample, Random random) => Encoding.UTF8.GetString(Of(Encoding.UTF8.GetBytes(sample), random, []));

    private static void Change(List<byte> bytes, Random random, IReadOnlyList<byte[]> others)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4 when random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 when others.Count > 0:
                var other = others[random.Next(others.Count)];
                var from = random.Next(other.Length);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[from..]);
                break;
            default:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }
}
