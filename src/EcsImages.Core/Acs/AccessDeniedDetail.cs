using System.Text.Json;
using EcsImages.Core.Ram;

namespace EcsImages.Core.Acs;

/// <summary>What an error reply says of a refusal by RAM: an object, or its JSON as a text.</summary>
internal sealed record AccessDeniedDetail
{
    // Longer is no id and no name.
    private const int MaxCharacters = 512;

    public string? Action { get; init; }

    public string? Resource { get; init; }

    public string? PrincipalType { get; init; }

    public string? PrincipalName { get; init; }

    public string? PrincipalOwnerId { get; init; }

    public string? NoPermissionType { get; init; }

    public string? PolicyType { get; init; }

    public static AccessDeniedDetail? Read(JsonElement? json, Secrets secrets)
    {
        if (json is not { } element) return null;
        try
        {
            if (element.ValueKind is JsonValueKind.Object) return Of(element, secrets);
            if (element.ValueKind is not JsonValueKind.String) return null;
            using var inner = JsonDocument.Parse(element.GetString()!);
            return inner.RootElement.ValueKind is JsonValueKind.Object ? Of(inner.RootElement, secrets) : null;
        }
        // It is no more than a help: without it the code still says what happened. A text with half of a surrogate pair is an InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Together with what the call shows by itself.</summary>
    public static AcsRefusal Complete(AccessDeniedDetail? detail, string action, IReadOnlyCollection<KeyValuePair<string, string>> parameters, string regionId, AcsCaller? caller)
    {
        var account = caller?.AccountId is { Length: > 0 } known ? known : detail?.PrincipalOwnerId ?? "*";
        var resources = RamActions.ResourcesOf(action, parameters, regionId, account);
        return new AcsRefusal
        {
            Action = detail?.Action ?? action,
            // The service stops at the first resource; who is told all of them needs to ask only once.
            Resources = detail?.Resource is { } resource && !resources.Contains(resource) ? [resource] : resources,
            Principal = caller?.Principal ?? detail?.Described,
            IsExplicit = detail?.NoPermissionType == "ExplicitDeny",
            PolicyType = detail?.PolicyType,
        };
    }

    private string? Described => PrincipalName is null ? null : PrincipalType switch
    {
        "SubUser" => $"RAM user {PrincipalName}",
        "AssumedRoleUser" => $"RAM role {PrincipalName}",
        _ => PrincipalName,
    };

    private static AccessDeniedDetail Of(JsonElement json, Secrets secrets) => new()
    {
        Action = Text(json, "AuthAction", secrets),
        Resource = Text(json, "AuthResource", secrets),
        PrincipalType = Text(json, "AuthPrincipalType", secrets),
        PrincipalName = Text(json, "AuthPrincipalDisplayName", secrets),
        PrincipalOwnerId = Text(json, "AuthPrincipalOwnerId", secrets),
        NoPermissionType = Text(json, "NoPermissionType", secrets),
        PolicyType = Text(json, "PolicyType", secrets),
    };

    private static string? Text(JsonElement json, string name, Secrets secrets)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String) return null;
        var text = secrets.Hide(value.GetString()!);
        return text.Length is > 0 and <= MaxCharacters ? text.ReplaceLineEndings(" ") : null;
    }
}
