using EcsImages.Local.Dispatch;
using EcsImages.Local.Ram;
using EcsImages.Local.Store;

namespace EcsImages.Local.Sts;

/// <summary>Issues a session of a role to whom its trust policy names.</summary>
/// <remarks>The service refuses an account's own key, and asks for a RAM user's. Here it may, where the role trusts its account: one key is enough for a test.</remarks>
internal sealed class AssumeRole : IOperation
{
    private const int LeastExternalId = 2, MostExternalId = 1224;

    public string Name => "AssumeRole";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = [.. SessionRequest.Judged, "ExternalId"];

    public Reply Run(Call call, Session store)
    {
        var asked = SessionRequest.Read(call, store);
        var externalId = call.Text("ExternalId");
        if (externalId?.Length is < LeastExternalId or > MostExternalId) throw Error.Of("InvalidParameter.ExternalId", externalId.Length);
        var context = new Dictionary<string, string>(RequestContext.Of("127.0.0.1", store.Now), StringComparer.OrdinalIgnoreCase);
        if (externalId is not null) context["sts:ExternalId"] = externalId;
        if (!RoleTrust.Parse(asked.Role.Trust).Lets("RAM", NamesOf(call.Who), context))
            throw Error.Of("NoPermission", $"the trust policy of {asked.Role.Arn} does not name {call.Who.Arn}, or its conditions do not hold");
        var body = asked.Issue(store);
        if (call.Text("SourceIdentity") is { } source) body["SourceIdentity"] = source;
        return new(body);
    }

    // A role is trusted by its own name; whoever is in an account, by that of the account.
    private static string[] NamesOf(Caller caller)
    {
        var account = $"acs:ram::{caller.Account.AccountId}:root";
        return caller switch
        {
            { Session: { } issued } => [issued.Arn, issued.Role.Arn, account],
            { User: { } user } => [user.Arn, account],
            _ => [account],
        };
    }
}
