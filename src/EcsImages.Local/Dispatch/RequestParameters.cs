using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EcsImages.Local.Dispatch;

/// <summary>The parameters of a request, wherever they stood: query, form body or JSON body.</summary>
internal static class RequestParameters
{
    /// <summary>How many parameters a request may have; no operation takes half as many.</summary>
    public const int Most = 1000;

    public static Dictionary<string, string> Read(EndpointRequest request)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Decode(request.RawQuery)) Add(all, name, value);
        if (request.Body.IsEmpty) return all;
        if (request.Header("content-type")?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true) ReadJson(request.Body, all);
        else if (IsForm(request))
            foreach (var (name, value) in Decode(Encoding.UTF8.GetString(request.Body.Span))) Add(all, name, value);
        return all;
    }

    /// <summary>Whether the reply is to be XML; it is JSON unless that is asked for, also where the request cannot be read.</summary>
    public static bool WantsXml(EndpointRequest request) =>
        Decode(request.RawQuery).Concat(IsForm(request) ? Decode(Encoding.UTF8.GetString(request.Body.Span)) : [])
            .LastOrDefault(static p => p.Key == "Format").Value?.Equals("XML", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Names and values of a query or form; a plus is a space, a name without = has an empty value.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Decode(string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            yield return at < 0 ? new(Plain(pair), "") : new(Plain(pair[..at]), Plain(pair[(at + 1)..]));
        }
    }

    private static bool IsForm(EndpointRequest request) =>
        request.Header("content-type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true;

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static void Add(Dictionary<string, string> all, string name, string value)
    {
        all[name] = value;
        if (all.Count > Most) throw Error.Of("InvalidRequest.Parameters");
    }

    private static void ReadJson(ReadOnlyMemory<byte> body, Dictionary<string, string> all)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Error.Of("InvalidParameter", "body", "it is not a JSON object.");
            Flatten("", json.RootElement, all);
        }
        catch (JsonException)
        {
            throw Error.Of("InvalidParameter", "body", "it is not valid JSON.");
        }
        catch (InvalidOperationException)
        {
            // Half a pair of UTF-16, written as an escape: well-formed, but no text.
            throw Error.Of("InvalidParameter", "body", "it has an escape that stands for no character.");
        }
    }

    private static void Flatten(string name, JsonElement value, Dictionary<string, string> all)
    {
        var prefix = name.Length == 0 ? "" : name + ".";
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Flatten(prefix + member.Name, member.Value, all);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray()) Flatten(prefix + (++index).ToString(CultureInfo.InvariantCulture), item, all);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Add(all, name, value.GetBoolean() ? "true" : "false");
                break;
            default:
                Add(all, name, value.ToString());
                break;
        }
    }
}
