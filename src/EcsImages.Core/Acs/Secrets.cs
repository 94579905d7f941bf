namespace EcsImages.Core.Acs;

/// <summary>What of one attempt must not be seen in what the server says about it.</summary>
/// <remarks>Source: the service answers a wrong signature with the text that it signed, token and parameters included; proxies echo headers.</remarks>
internal sealed class Secrets
{
    private const string Hidden = "***";
    private const string EchoBegins = "string to sign is:";
    private readonly string[] _values;

    private Secrets(string[] values) => _values = values;

    public static Secrets Of(AcsCredential? credential, HttpRequestMessage request, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var authorization = request.Headers.TryGetValues("Authorization", out var headers) ? headers.First() : "";
        string?[] values =
        [
            credential?.AccessKeySecret, credential?.SecurityToken, authorization.Split("Signature=")[^1],
            parameters.FirstOrDefault(static p => p.Key == "OIDCToken").Value,
        ];
        return new Secrets([.. values.OfType<string>().Where(static v => v.Length > 0).SelectMany(Spellings).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The text without secrets, and without the request that it echoes.</summary>
    public string Hide(string text)
    {
        var echo = text.IndexOf(EchoBegins, StringComparison.OrdinalIgnoreCase);
        if (echo >= 0) text = string.Concat(text.AsSpan(0, echo + EchoBegins.Length), " ", Hidden);
        foreach (var value in _values) text = text.Replace(value, Hidden, StringComparison.Ordinal);
        return text;
    }

    // As it is, as in a query, and as in a query that was encoded again to be signed.
    private static IEnumerable<string> Spellings(string value)
    {
        var once = StrictEncoding.Encode(value);
        return [value, once, StrictEncoding.Encode(once)];
    }
}
