using System.Text.Json;

namespace EcsImages.Core.Acs;

/// <summary>Turns a request into flat wire parameters: lists count from 1, members follow a dot.</summary>
/// <remarks>Source: the "flat" style of the RPC gateway; null is left out, an empty text is sent.</remarks>
public static class AcsParameters
{
    /// <summary>The parameters of a typed request.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of<TRequest, TReply>(AcsOperation<TRequest, TReply> operation, TRequest request)
        where TReply : AcsReply
    {
        var parameters = new List<KeyValuePair<string, string>>();
        Flatten("", JsonSerializer.SerializeToElement(request, operation.Request), parameters);
        return parameters;
    }

    private static void Flatten(string name, JsonElement value, List<KeyValuePair<string, string>> into)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Flatten(Join(name, member.Name), member.Value, into);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray()) Flatten(Join(name, (++index).ToString(System.Globalization.CultureInfo.InvariantCulture)), item, into);
                break;
            case JsonValueKind.True: into.Add(new(name, "true")); break;
            case JsonValueKind.False: into.Add(new(name, "false")); break;
            case JsonValueKind.Number: into.Add(new(name, value.GetRawText())); break;
            case JsonValueKind.String: into.Add(new(name, value.GetString()!)); break;
        }
    }

    private static string Join(string outer, string inner) => outer.Length == 0 ? inner : $"{outer}.{inner}";
}
