using EcsImages.Local.Dispatch;
using EcsImages.Local.Ram;
using EcsImages.Local.Store;

namespace EcsImages.Local.Sts;

/// <summary>Issues a session of a role to whom an identity provider vouches for; the request is not signed, its token says who asks.</summary>
internal sealed class AssumeRoleWithOIDC : IOperation
{
    public string Name => nameof(AssumeRoleWithOIDC);

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = SessionRequest.Judged;

    public Reply Run(Call call, Session store)
    {
        var token = OidcToken.Read(call.Text("OIDCToken"), store.Now);
        var provider = call.Text("OIDCProviderArn") ?? throw Error.Missing("OIDCProviderArn");
        var asked = SessionRequest.Read(call, store);
        var context = new Dictionary<string, string>(RequestContext.Of("127.0.0.1", store.Now), StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in token.Conditions) context[key] = value;
        if (!RoleTrust.Parse(asked.Role.Trust).Lets("Federated", [provider], context))
            throw Error.Of("NoPermission", $"the trust policy of {asked.Role.Arn} does not name {provider}, or its conditions do not hold");
        var body = asked.Issue(store);
        body["OIDCTokenInfo"] = token.Json();
        return new(body);
    }
}
