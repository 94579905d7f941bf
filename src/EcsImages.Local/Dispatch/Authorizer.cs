using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EcsImages.Core.Contract;
using EcsImages.Core.Ram;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>Holds a call of a RAM user or of a session of a role to its policies; an account's own key may do everything.</summary>
internal sealed class Authorizer(Database database)
{
    private const int MostParsed = 1000;

    // The codes of products that do not say Forbidden.RAM; their tables list them.
    private static readonly string[] OtherCodes = ["NoPermission", "User.NoPermission"];

    private readonly ConcurrentDictionary<string, RamPolicy> _parsed = new(StringComparer.Ordinal);

    public void Check(
        Caller caller, string product, ApiOperation operation, IReadOnlyDictionary<string, string> parameters, string regionId, EndpointRequest request)
    {
        var action = $"{product}:{operation.Name}";
        if (IsUnbound(caller) || RamActions.IsFree(action, parameters)) return;
        var resources = RamActions.ResourcesOf(action, parameters, regionId, caller.Account.AccountId);
        if (FirstRefused(caller, action, resources, now => RequestContext.Of(request.SourceIp, now)) is { } refused)
            throw Refused(caller, product, operation, action, refused.Resource, refused.Decision);
    }

    /// <summary>The resource on which the caller may not do what it asks, a Deny before a missing Allow; null where it may.</summary>
    public (string Resource, RamDecision Decision)? FirstRefused(
        Caller caller, string action, IEnumerable<string> resources, Func<DateTimeOffset, IReadOnlyDictionary<string, string>> contextAt)
    {
        if (IsUnbound(caller)) return null;
        // Read each time: another process may have given it other policies.
        using var session = database.Read();
        var policies = PoliciesOf(caller, session);
        var narrowed = caller.Session?.Policy is { } own ? Parse(own) : null;
        var context = contextAt(session.Now);
        var refused = resources
            .Select(r => (Resource: r, Decision: Decide(policies, narrowed, new RamRequest(action, r, context))))
            .Where(static r => r.Decision is not RamDecision.Allow)
            .OrderByDescending(static r => r.Decision is RamDecision.ExplicitDeny)
            .ToArray();
        return refused.Length > 0 ? refused[0] : null;
    }

    private static bool IsUnbound(Caller caller) => caller.User is null && caller.Session is null;

    private static RamDecision Decide(RamPolicy[] policies, RamPolicy? narrowed, RamRequest request)
    {
        var decisions = policies.Select(p => p.Decide(request)).ToArray();
        if (decisions.Contains(RamDecision.ExplicitDeny)) return RamDecision.ExplicitDeny;
        if (!decisions.Contains(RamDecision.Allow)) return RamDecision.ImplicitDeny;
        return narrowed?.Decide(request) ?? RamDecision.Allow;
    }

    private RamPolicy[] PoliciesOf(Caller caller, Session session) => caller switch
    {
        { User: { } user } => RamUsers.PolicyOf(session, user.Id) is { } document ? [Parse(document)] : [],
        { Session: { } issued } =>
        [
            .. RamRoles.Policies(session, issued.Role)
                .Select(a => RamPolicies.Find(session, issued.Role.Account, a.Type, a.Policy)).OfType<RamPolicyRow>().Select(p => Parse(p.Document)),
        ],
        _ => [],
    };

    private RamPolicy Parse(string document)
    {
        if (_parsed.TryGetValue(document, out var known)) return known;
        if (_parsed.Count >= MostParsed) _parsed.Clear();
        return _parsed[document] = RamPolicy.Parse(document);
    }

    private static EndpointError Refused(Caller caller, string product, ApiOperation operation, string action, string resource, RamDecision decision)
    {
        var code = product == "ecs" ? null : OtherCodes.FirstOrDefault(c => operation.Errors.Any(e => e.Code == c));
        return new EndpointError(code ?? "Forbidden.RAM", Error.Of("Forbidden.RAM").Message)
        {
            AccessDenied = new JsonObject
            {
                ["AuthAction"] = action,
                ["AuthResource"] = resource,
                ["AuthPrincipalType"] = caller.User is null ? "AssumedRoleUser" : "SubUser",
                ["AuthPrincipalDisplayName"] = caller.User?.Id ?? $"{caller.Session!.Role.Name}/{caller.Session.Name}",
                ["AuthPrincipalOwnerId"] = caller.Account.AccountId,
                ["NoPermissionType"] = decision.ToString(),
                ["PolicyType"] = caller.Session?.Policy is null ? "AccountLevelIdentityBasedPolicy" : "SessionPolicy",
            },
        };
    }
}
