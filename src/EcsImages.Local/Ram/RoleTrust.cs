using System.Text.Json;
using EcsImages.Core.Ram;

namespace EcsImages.Local.Ram;

/// <summary>The trust policy of a role: who may assume it. Source: RAM, "Edit the trust policy of a RAM role".</summary>
internal sealed class RoleTrust
{
    private const int MostDepth = 8;
    private static readonly string[] Kinds = ["RAM", "Service", "Federated"];

    private readonly List<(bool Allows, Dictionary<string, string[]> Principals, RamCondition[] Conditions)> _statements = [];

    /// <exception cref="RamPolicyException">It is no trust policy.</exception>
    public static RoleTrust Parse(string document)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = MostDepth });
            var trust = new RoleTrust();
            if (json.RootElement.ValueKind is not JsonValueKind.Object || !json.RootElement.TryGetProperty("Statement", out var statements)
                || !json.RootElement.TryGetProperty("Version", out var version) || version.ValueKind is not JsonValueKind.String || version.GetString() != "1")
                throw new RamPolicyException("A trust policy is a JSON object with Version, the text \"1\", and Statement.");
            foreach (var statement in statements.ValueKind is JsonValueKind.Array ? [.. statements.EnumerateArray()] : (JsonElement[])[statements]) trust.Add(statement);
            return trust._statements.Count > 0 ? trust : throw new RamPolicyException("The trust policy has no statement.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RamPolicyException("The trust policy is not JSON of the right form: " + e.Message, e);
        }
    }

    /// <summary>Whether a principal of a kind may assume the role; a Deny wins.</summary>
    /// <param name="kind">RAM, Service or Federated.</param>
    /// <param name="names">What the principal is called, from its own name to that of its whole account.</param>
    /// <param name="context">The condition keys of the request.</param>
    public bool Lets(string kind, IReadOnlyCollection<string> names, IReadOnlyDictionary<string, string> context)
    {
        var fitting = _statements.Where(s => s.Principals.GetValueOrDefault(kind)?.Any(p => p == "*" || names.Any(n => n.Equals(p, StringComparison.OrdinalIgnoreCase))) is true
            && s.Conditions.All(c => RamOperators.Holds(c, context))).ToArray();
        return fitting.Length > 0 && fitting.All(static s => s.Allows);
    }

    private void Add(JsonElement statement)
    {
        if (statement.ValueKind is not JsonValueKind.Object || !statement.TryGetProperty("Effect", out var effect) || effect.GetString() is not ("Allow" or "Deny"))
            throw new RamPolicyException("Each statement of a trust policy has an Effect, Allow or Deny.");
        if (!statement.TryGetProperty("Action", out var action) || Texts(action).Any(static a => a is not ("sts:AssumeRole" or "sts:SetSourceIdentity")))
            throw new RamPolicyException("The Action of a trust policy is sts:AssumeRole.");
        if (!statement.TryGetProperty("Principal", out var principal) || principal.ValueKind is not JsonValueKind.Object)
            throw new RamPolicyException("Each statement of a trust policy has a Principal, with RAM, Service or Federated.");
        var principals = principal.EnumerateObject().ToDictionary(static p => p.Name, static p => Texts(p.Value), StringComparer.Ordinal);
        if (principals.Count == 0 || principals.Keys.FirstOrDefault(static k => !Kinds.Contains(k)) is not null)
            throw new RamPolicyException("A Principal names RAM, Service or Federated.");
        _statements.Add((effect.GetString() == "Allow", principals, statement.TryGetProperty("Condition", out var conditions) ? Conditions(conditions) : []));
    }

    private static RamCondition[] Conditions(JsonElement json)
    {
        RamCondition[] conditions = [.. json.EnumerateObject().SelectMany(static o => o.Value.EnumerateObject().Select(k => new RamCondition(o.Name, k.Name, Texts(k.Value))))];
        foreach (var condition in conditions)
        {
            if (!RamOperators.All.Contains(condition.Operator)) throw new RamPolicyException($"'{condition.Operator}' is no condition operator.");
            if (RamOperators.Misfit(condition) is { } misfit) throw new RamPolicyException($"The condition {condition.Key}: {misfit}.");
        }
        return conditions;
    }

    private static string[] Texts(JsonElement json) => json.ValueKind is JsonValueKind.Array ? [.. json.EnumerateArray().Select(static i => i.GetString()!)] : [json.GetString()!];
}
