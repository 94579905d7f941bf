using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcsImages.Core.Acs.Credentials;

/// <summary>The temporary key that a metadata service, or a credentials URI, answers with.</summary>
internal sealed record SessionReply
{
    /// <summary>Success; not every credentials URI says so.</summary>
    public string? Code { get; init; }

    public string? AccessKeyId { get; init; }

    public string? AccessKeySecret { get; init; }

    public string? SecurityToken { get; init; }

    public string? Expiration { get; init; }

    // Records print their members; this one holds secrets.
    public override string ToString() => nameof(SessionReply);

    /// <exception cref="CredentialException">It is not a complete credential; nothing of it is quoted.</exception>
    public static AcsCredential Read(string text, string where)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, SessionReplyJson.Default.SessionReply) is
                { Code: null or "" or "Success", AccessKeyId: { Length: > 0 } id, AccessKeySecret: { Length: > 0 } secret, SecurityToken: { Length: > 0 } token, Expiration: { } end }
                && DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration))
                return new AcsCredential(id, secret, token, expiration);
        }
        catch (JsonException)
        {
            // Said below, with all else that is no credential: the exception's own text can quote secrets.
        }
        throw new CredentialException("InvalidSession",
            $"{where} answered without a complete credential: it takes AccessKeyId, AccessKeySecret, SecurityToken and Expiration, as JSON.");
    }
}

[JsonSerializable(typeof(SessionReply))]
internal sealed partial class SessionReplyJson : JsonSerializerContext;
