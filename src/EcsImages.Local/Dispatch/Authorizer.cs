using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EcsImages.Core.Contract;
using EcsImages.Core.Ram;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>Holds a call of a RAM user to the user's policy; an account's own key may do everything.</summary>
internal sealed class Authorizer(Database database)
{
    // The codes of products that do not say Forbidden.RAM; their tables list them.
    private static readonly string[] OtherCodes = ["NoPermission", "User.NoPermission"];

    private readonly ConcurrentDictionary<string, (string Document, RamPolicy Policy)> _parsed = new(StringComparer.Ordinal);

    public void Check(
        RamUser? user, string product, ApiOperation operation, IReadOnlyDictionary<string, string> parameters, string regionId, EndpointRequest request)
    {
        var action = $"{product}:{operation.Name}";
        if (user is null || RamActions.IsFree(action, parameters)) return;
        // Read each time: another process may have given the user another policy.
        using var session = database.Read();
        var policy = PolicyOf(user, RamUsers.PolicyOf(session, user.Id));
        var context = RequestContext.Of(request, session.Now);
        var refused = RamActions.ResourcesOf(action, parameters, regionId, user.Account.AccountId)
            .Select(resource => (Resource: resource, Decision: policy?.Decide(new RamRequest(action, resource, context)) ?? RamDecision.ImplicitDeny))
            .Where(static r => r.Decision is not RamDecision.Allow)
            .OrderByDescending(static r => r.Decision is RamDecision.ExplicitDeny)
            .ToArray();
        if (refused.Length > 0) throw Refused(user, product, operation, action, refused[0].Resource, refused[0].Decision);
    }

    private RamPolicy? PolicyOf(RamUser user, string? document)
    {
        if (document is null) return null;
        if (_parsed.TryGetValue(user.Id, out var known) && known.Document == document) return known.Policy;
        var policy = RamPolicy.Parse(document);
        _parsed[user.Id] = (document, policy);
        return policy;
    }

    private static EndpointError Refused(RamUser user, string product, ApiOperation operation, string action, string resource, RamDecision decision)
    {
        var code = product == "ecs" ? null : OtherCodes.FirstOrDefault(c => operation.Errors.Any(e => e.Code == c));
        return new EndpointError(code ?? "Forbidden.RAM", Error.Of("Forbidden.RAM").Message)
        {
            AccessDenied = new JsonObject
            {
                ["AuthAction"] = action,
                ["AuthResource"] = resource,
                ["AuthPrincipalType"] = "SubUser",
                ["AuthPrincipalDisplayName"] = user.Id,
                ["AuthPrincipalOwnerId"] = user.Account.AccountId,
                ["NoPermissionType"] = decision.ToString(),
                ["PolicyType"] = "AccountLevelIdentityBasedPolicy",
            },
        };
    }
}
