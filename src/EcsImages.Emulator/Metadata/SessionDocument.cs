using System.Globalization;
using System.Text.Json.Serialization;

namespace EcsImages.Emulator.Metadata;

/// <summary>A session as the metadata service and a credentials URI write it.</summary>
internal sealed record SessionDocument(
    string AccessKeyId, string AccessKeySecret, string Expiration, string SecurityToken, string LastUpdated, string Code)
{
    public static SessionDocument Of(Issued session) => new(
        session.Key.AccessKeyId, session.Key.AccessKeySecret, Time(session.Key.Expiration!.Value), session.Key.SecurityToken!, Time(session.At), "Success");

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{AccessKeyId} until {Expiration}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(SessionDocument))]
internal sealed partial class SessionJson : JsonSerializerContext;
