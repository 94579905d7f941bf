using System.Globalization;
using System.Text;
using EcsImages.Core.Acs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Objects;

/// <summary>A page of a listing in byte order: objects, and what their keys have in common up to a delimiter.</summary>
internal sealed class ListPage
{
    public const int MostKeys = 1000;

    private ListPage()
    {
    }

    public List<StoredObject> Objects { get; } = [];

    public List<string> CommonPrefixes { get; } = [];

    public bool IsTruncated { get; private set; }

    /// <summary>The last key or common prefix of the page.</summary>
    public string Last { get; private set; } = "";

    public int Count => Objects.Count + CommonPrefixes.Count;

    public static ListPage Read(Session session, string bucket, string prefix, string delimiter, string after, int most)
    {
        var page = new ListPage();
        var (start, separator, marker) = (Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(delimiter), Encoding.UTF8.GetBytes(after));
        var before = ByteOrder.BeforeNext(start);
        var from = marker.Length == 0 ? start
            // A page that ended with a common prefix goes on behind all keys that have it.
            : IsCommon(marker, start, separator) ? ByteOrder.BeforeNext(marker)
            : ByteOrder.Larger(start, ByteOrder.After(marker));
        var batch = separator.Length == 0 ? MostKeys : 16;
        while (from is not null)
        {
            var count = Math.Min(batch, most - page.Count + 1);
            var rows = StoredObject.Range(session, bucket, from, before, count);
            var common = page.Add(rows, start.Length, separator, most);
            if (page.IsTruncated || (common is null && rows.Count < count)) break;
            // Behind a common prefix there is often another: one row tells.
            (from, batch) = common is null ? (ByteOrder.After(rows[^1].Key), batch * 2) : (ByteOrder.BeforeNext(common), 1);
        }
        return page;
    }

    /// <summary>A number between 1 and 1,000.</summary>
    public static int Most(OssCall call, string parameter, int usual) => call.Parameter(parameter) switch
    {
        null or "" => usual,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostKeys => number,
        var other => throw OssError.Argument(parameter, other),
    };

    /// <summary>Whether keys go out percent-encoded.</summary>
    public static bool IsUrlEncoded(OssCall call) => call.Parameter("encoding-type") switch
    {
        null or "" => false,
        var type when type.Equals("url", StringComparison.OrdinalIgnoreCase) => true,
        var other => throw OssError.Argument("encoding-type", other),
    };

    public static Func<string, string> Encoder(OssCall call) => IsUrlEncoded(call) ? StrictEncoding.Encode : static text => text;

    private byte[]? Add(List<StoredObject> rows, int prefixLength, byte[] separator, int most)
    {
        foreach (var row in rows)
        {
            if (Count == most)
            {
                IsTruncated = true;
                return null;
            }
            var at = separator.Length == 0 ? -1 : row.Key.AsSpan(prefixLength).IndexOf(separator);
            if (at >= 0)
            {
                var common = row.Key[..(prefixLength + at + separator.Length)];
                CommonPrefixes.Add(Last = Encoding.UTF8.GetString(common));
                return common;
            }
            Objects.Add(row);
            Last = row.KeyText;
        }
        return null;
    }

    private static bool IsCommon(byte[] marker, byte[] prefix, byte[] separator) => separator.Length > 0
        && marker.AsSpan().StartsWith(prefix)
        && marker.AsSpan(prefix.Length).IndexOf(separator) is >= 0 and var at && prefix.Length + at + separator.Length == marker.Length;
}
