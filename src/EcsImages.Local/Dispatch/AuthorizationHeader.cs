namespace EcsImages.Local.Dispatch;

/// <summary>Authorization: ACS3-HMAC-SHA256 Credential=key,SignedHeaders=a;b,Signature=hex</summary>
internal sealed record AuthorizationHeader(string AccessKeyId, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public static AuthorizationHeader Parse(string? text, string algorithm)
    {
        if (string.IsNullOrWhiteSpace(text)) throw Error.Of("IncompleteSignature", "there is no Authorization header.");
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || text[..space] != algorithm) throw Error.Of("IncompleteSignature", $"the Authorization header must begin with {algorithm}.");
        string? key = null, headers = null, signature = null;
        foreach (var part in text[space..].Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("Credential=", StringComparison.Ordinal)) key = part["Credential=".Length..];
            else if (part.StartsWith("SignedHeaders=", StringComparison.Ordinal)) headers = part["SignedHeaders=".Length..];
            else if (part.StartsWith("Signature=", StringComparison.Ordinal)) signature = part["Signature=".Length..];
        }
        if (string.IsNullOrEmpty(key) || string.IsNullOrEmpty(headers) || string.IsNullOrEmpty(signature))
            throw Error.Of("IncompleteSignature", "the Authorization header needs Credential, SignedHeaders and Signature.");
        return new AuthorizationHeader(key, headers.ToLowerInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries), signature);
    }
}
