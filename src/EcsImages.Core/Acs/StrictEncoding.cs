using System.Text;

namespace EcsImages.Core.Acs;

/// <summary>The percent encoding that every Alibaba Cloud signature is computed over.</summary>
/// <remarks>Source: the service's signature documentation; RFC 3986 unreserved characters stay bare, all else is %XX.</remarks>
public static class StrictEncoding
{
    /// <summary>Encodes a name or value: UTF-8 bytes, bare only <c>A-Z a-z 0-9 - _ . ~</c>, upper-case hex otherwise.</summary>
    public static string Encode(string value) => Uri.EscapeDataString(value);

    /// <summary>The canonical query of ACS3: names in byte order, <c>enc(name)=enc(value)</c>, joined by ampersands.</summary>
    public static string CanonicalQuery(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var pairs = parameters.ToArray();
        Array.Sort(pairs, static (a, b) =>
            string.CompareOrdinal(a.Key, b.Key) is var byName and not 0 ? byName : string.CompareOrdinal(a.Value, b.Value));
        var query = new StringBuilder();
        foreach (var (name, value) in pairs)
        {
            if (query.Length > 0) query.Append('&');
            query.Append(Encode(name)).Append('=').Append(Encode(value));
        }
        return query.ToString();
    }
}
