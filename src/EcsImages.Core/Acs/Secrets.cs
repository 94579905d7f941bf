using System.Net;
using System.Text;
using System.Text.Json;

namespace EcsImages.Core.Acs;

/// <summary>What of one attempt must not be seen in what the server says about it: the key, and what <see cref="Redaction"/> would not write of the parameters.</summary>
/// <remarks>Source: the service answers a wrong signature with the text that it signed, token and parameters included; proxies echo headers, and the URL.</remarks>
internal sealed class Secrets
{
    private const string Hidden = "***";
    private const string EchoBegins = "string to sign is:";

    // A shorter value stands in many a word: it is hidden only together with its name.
    private const int LeastAlone = 6;

    // Whoever echoes a long URL cuts it off: so much of a value is enough to know it by.
    private const int KnownBy = 24;

    private readonly AcsCredential? _credential;
    private readonly HttpRequestMessage _request;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _parameters;

    private Secrets(AcsCredential? credential, HttpRequestMessage request, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        (_credential, _request, _parameters) = (credential, request, parameters);

    public static Secrets Of(AcsCredential? credential, HttpRequestMessage request, IReadOnlyList<KeyValuePair<string, string>> parameters) => new(credential, request, parameters);

    /// <summary>The text without secrets, and without the request that it echoes.</summary>
    public string Hide(string text)
    {
        var echo = text.IndexOf(EchoBegins, StringComparison.OrdinalIgnoreCase);
        if (echo >= 0) text = string.Concat(text.AsSpan(0, echo + EchoBegins.Length), " ", Hidden);
        // The longest first: one may be a part of another.
        foreach (var value in Values().Where(static v => v.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(static v => v.Length)) text = Without(text, value);
        return _credential is null ? text : text.Replace(_credential.AccessKeyId, Redaction.ShortenKeyId(_credential.AccessKeyId), StringComparison.Ordinal);
    }

    private IEnumerable<string> Values()
    {
        var authorization = _request.Headers.TryGetValues("Authorization", out var headers) ? headers.First() : "";
        string?[] key = [_credential?.AccessKeySecret, _credential?.SecurityToken, authorization.Split("Signature=")[^1]];
        foreach (var value in key.OfType<string>().SelectMany(Spellings)) yield return value;
        foreach (var (name, value) in _parameters)
        {
            if (value.Length == 0 || Redaction.IsWritable(name)) continue;
            var spelled = value.Length < LeastAlone ? Pairs(name, value) : Spellings(value);
            foreach (var spelling in spelled) yield return spelling;
        }
    }

    // As it is, as in a query, as in a query that was encoded again to be signed, as in a form, and as in a page or a document.
    private static IEnumerable<string> Spellings(string value)
    {
        var once = StrictEncoding.Encode(value);
        return [value, once, StrictEncoding.Encode(once), WebUtility.UrlEncode(value), WebUtility.HtmlEncode(value), JsonEncodedText.Encode(value).ToString()];
    }

    private static IEnumerable<string> Pairs(string name, string value)
    {
        var pair = $"{StrictEncoding.Encode(name)}={StrictEncoding.Encode(value)}";
        return [$"{name}={value}", pair, StrictEncoding.Encode(pair)];
    }

    // Hexadecimal digits of an encoding have either case.
    private static string Without(string text, string value)
    {
        var known = value.AsSpan(0, Math.Min(value.Length, KnownBy)).ToString();
        var at = text.IndexOf(known, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return text;
        var kept = new StringBuilder();
        var from = 0;
        for (; at >= 0; at = text.IndexOf(known, from, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + known.Length;
            while (end < text.Length && end - at < value.Length && char.ToUpperInvariant(text[end]) == char.ToUpperInvariant(value[end - at])) end++;
            kept.Append(text, from, at - from).Append(Hidden);
            from = end;
        }
        return kept.Append(text, from, text.Length - from).ToString();
    }
}
