using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Sts;

/// <summary>What an OIDC token says. Its signature is not verified: the endpoint has no way to the provider's keys.</summary>
/// <param name="Claims">By name; empty where the token is no JSON Web Token.</param>
internal sealed record OidcToken(IReadOnlyDictionary<string, string> Claims)
{
    private const int Most = 20_000;

    /// <exception cref="EndpointError">There is none, or it is out of its time.</exception>
    public static OidcToken Read(string? text, DateTimeOffset now)
    {
        if (text is not { Length: > 0 and <= Most }) throw Error.Of("AuthenticationFail.OIDCToken.Invalid", "there is none, or it has more than 20000 characters");
        var token = new OidcToken(text.Split('.') is [_, var payload, _] ? ClaimsOf(payload) : new Dictionary<string, string>());
        if (token.Time("exp") <= now) throw Error.Of("AuthenticationFail.OIDCToken.Expired", Times.Second(token.Time("exp")!.Value));
        if (token.Time("nbf") > now) throw Error.Of("AuthenticationFail.OIDCToken.Invalid", "it is not valid yet");
        return token;
    }

    /// <summary>The condition keys that a trust policy may look at.</summary>
    public IEnumerable<KeyValuePair<string, string>> Conditions => Claims.Where(static c => c.Key is "iss" or "aud" or "sub").Select(static c => new KeyValuePair<string, string>("oidc:" + c.Key, c.Value));

    /// <summary>As the reply tells it; only what the token says.</summary>
    public JsonObject Json()
    {
        var json = new JsonObject();
        foreach (var (claim, field) in (ReadOnlySpan<(string, string)>)[("sub", "Subject"), ("iss", "Issuer"), ("aud", "ClientIds")])
            if (Claims.TryGetValue(claim, out var value)) json[field] = value;
        if (Time("exp") is { } end) json["ExpirationTime"] = Times.Second(end);
        if (Time("iat") is { } issued) json["IssuanceTime"] = Times.Second(issued);
        json["VerificationInfo"] = "NotVerified";
        return json;
    }

    private DateTimeOffset? Time(string claim) =>
        Claims.TryGetValue(claim, out var text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 32_503_680_000 ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    private static Dictionary<string, string> ClaimsOf(string payload)
    {
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(FromBase64Url(payload));
            foreach (var claim in json.RootElement.EnumerateObject())
                claims[claim.Name] = claim.Value.ValueKind is JsonValueKind.Array ? string.Join(',', claim.Value.EnumerateArray().Select(static i => i.ToString())) : claim.Value.ToString();
            return claims;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Error.Of("AuthenticationFail.OIDCToken.Invalid", "its middle part is no JSON object in base64url");
        }
    }

    private static byte[] FromBase64Url(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
