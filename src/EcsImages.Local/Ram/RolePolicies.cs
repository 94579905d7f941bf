using System.Text.Json.Nodes;
using EcsImages.Core.Ram;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ram;

internal sealed class AttachPolicyToRole : IOperation
{
    private const int MostPolicies = 20;

    public string Name => "AttachPolicyToRole";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["RoleName", "PolicyName"];

    public Reply Run(Call call, Session store)
    {
        var (role, policy) = (RamWords.NeedRole(call, store), RamWords.NeedPolicy(call, store));
        if (!RamRoles.Attach(store, role, policy.Type, policy.Name)) throw Error.Of("EntityAlreadyExists.Role.Policy", policy.Name);
        if (RamRoles.Policies(store, role).Count > MostPolicies) throw Error.Of("LimitExceeded.Role.Policy", MostPolicies);
        return Reply.Empty;
    }
}

internal sealed class DetachPolicyFromRole : IOperation
{
    public string Name => "DetachPolicyFromRole";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["RoleName", "PolicyName"];

    public Reply Run(Call call, Session store)
    {
        var (role, policy) = (RamWords.NeedRole(call, store), RamWords.NeedPolicy(call, store));
        return RamRoles.Detach(store, role, policy.Type, policy.Name) ? Reply.Empty : throw Error.Of("EntityNotExist.Role.Policy", policy.Name);
    }
}

internal sealed class ListPoliciesForRole : IOperation
{
    public string Name => "ListPoliciesForRole";

    public IReadOnlyList<string> JudgedHere { get; } = ["RoleName"];

    public Reply Run(Call call, Session store)
    {
        var role = RamWords.NeedRole(call, store);
        return new(new()
        {
            ["Policies"] = Reply.Wrap("Policy", RamRoles.Policies(store, role).Select(a =>
            {
                var json = RamJson.Policy(RamPolicies.Find(store, call.Account, a.Type, a.Policy)!);
                json.Remove("CreateDate");
                json["AttachDate"] = Times.Second(a.AttachedAt);
                return json;
            })),
        });
    }
}

internal sealed class CreatePolicy : IOperation
{
    private const int MostPolicies = 1500;

    public string Name => "CreatePolicy";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["PolicyName", "Description"];

    public Reply Run(Call call, Session store)
    {
        var policy = new RamPolicyRow(RamWords.PolicyName(call), RamPolicies.Custom, Document(call), RamWords.Description(call, "Description") ?? "", store.Now);
        if (RamPolicies.Find(store, call.Account, RamPolicies.System, policy.Name) is not null || !RamPolicies.Insert(store, call.Account, policy))
            throw Error.Of("EntityAlreadyExists.Policy", policy.Name);
        if (store.Scalar<long>("SELECT count(*) FROM ram_policy WHERE account = $account", ("account", call.Account)) > MostPolicies) throw Error.Of("LimitExceeded.Policy", MostPolicies);
        return new(new() { ["Policy"] = RamJson.Policy(policy) });
    }

    private static string Document(Call call)
    {
        var document = call.Needed("PolicyDocument");
        if (document.Length > RamPolicy.MaxCharacters) throw Error.Of("InvalidParameter.PolicyDocument.Length", document.Length);
        try
        {
            RequestContext.CheckJudgeable(RamPolicy.Parse(document));
            return document;
        }
        catch (RamPolicyException e)
        {
            throw Error.Of("MalformedPolicyDocument", e.Message);
        }
    }
}

internal sealed class GetPolicy : IOperation
{
    public string Name => "GetPolicy";

    public IReadOnlyList<string> JudgedHere { get; } = ["PolicyName"];

    public Reply Run(Call call, Session store)
    {
        var policy = RamWords.NeedPolicy(call, store);
        var json = RamJson.Policy(policy);
        json["AttachmentCount"] = RamPolicies.Attachments(store, call.Account, policy);
        var version = new JsonObject { ["VersionId"] = "v1", ["IsDefaultVersion"] = true, ["PolicyDocument"] = policy.Document };
        if (policy.CreatedAt is { } created) (version["CreateDate"], json["UpdateDate"]) = (Times.Second(created), Times.Second(created));
        return new(new() { ["Policy"] = json, ["DefaultPolicyVersion"] = version });
    }
}
