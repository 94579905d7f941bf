using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Core.Acs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>Same token, same parameters: the first answer again, and nothing happens twice.</summary>
internal static class ClientTokens
{
    // The service does not say how long it remembers; a day is our choice.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);
    private const string Malformed = "InvalidClientToken.Malformed";
    private static readonly string[] MismatchCodes = ["IdempotenceParamNotMatch", "IdempotentParameterMismatch", "InvalidParamter.Conflict"];

    public static string? Of(Call call)
    {
        if (call.Text("ClientToken") is not { } token || call.Operation.Request.All(static f => f.Name != "ClientToken")) return null;
        if (token.Length <= 64 && token.All(char.IsAscii)) return token;
        throw call.Operation.Errors.Any(static e => e.Code == Malformed) ? Error.Of(Malformed) : Error.Invalid("ClientToken", "it must be up to 64 ASCII characters.");
    }

    public static Reply? Find(Call call, string token, string parameters, Session store)
    {
        var row = store.Single(
            "SELECT parameters, reply FROM client_token WHERE account = $account AND region = $region AND operation = $operation AND token = $token AND created_at > $since",
            static r => (Tuple<string, string>)new(r.GetString(0), r.GetString(1)),
            ("account", call.Account), ("region", call.RegionId), ("operation", call.Operation.Name), ("token", token), ("since", Since(store)));
        if (row is null) return null;
        if (row.Item1 == parameters) return new Reply(JsonNode.Parse(row.Item2)!.AsObject());
        throw Error.Of(MismatchCodes.FirstOrDefault(c => call.Operation.Errors.Any(e => e.Code == c)) ?? "IdempotentParameterMismatch");
    }

    public static void Keep(Call call, string token, string parameters, Reply reply, Session store)
    {
        store.Execute("DELETE FROM client_token WHERE created_at <= $since", ("since", Since(store)));
        store.Execute("INSERT INTO client_token VALUES ($account, $region, $operation, $token, $parameters, $reply, $now)",
            ("account", call.Account), ("region", call.RegionId), ("operation", call.Operation.Name), ("token", token),
            ("parameters", parameters), ("reply", reply.Body.ToJsonString()), ("now", store.Now.ToUnixTimeMilliseconds()));
    }

    /// <summary>A hash of everything that was asked for, but the token itself.</summary>
    public static string HashOf(IReadOnlyDictionary<string, string> parameters) =>
        Acs3Signature.HashOf(JsonSerializer.SerializeToUtf8Bytes(
            parameters.Where(static p => p.Key is not "ClientToken").OrderBy(static p => p.Key, StringComparer.Ordinal)
                .SelectMany(static p => (string[])[p.Key, p.Value]).ToArray(), JsonText.Default.StringArray));

    private static long Since(Session store) => (store.Now - Memory).ToUnixTimeMilliseconds();
}
