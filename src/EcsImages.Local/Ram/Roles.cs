using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ram;

internal sealed class CreateRole : IOperation
{
    private const int MostRoles = 1000;

    public string Name => "CreateRole";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["RoleName", "Description"];

    public Reply Run(Call call, Session store)
    {
        var role = new RamRole
        {
            Id = "3" + Ids.UserId()[1..],
            Account = call.Account,
            Name = RamWords.RoleName(call),
            Trust = RamWords.Trust(call.Needed("AssumeRolePolicyDocument"), "AssumeRolePolicyDocument"),
            Description = RamWords.Description(call, "Description") ?? "",
            MaxSessionSeconds = call.Int("MaxSessionDuration") ?? 3600,
            CreatedAt = store.Now,
            UpdatedAt = store.Now,
        };
        if (RamRoles.Find(store, call.Account, role.Name) is not null) throw Error.Of("EntityAlreadyExists.Role", role.Name);
        if (store.Scalar<long>("SELECT count(*) FROM ram_role WHERE account = $account", ("account", call.Account)) >= MostRoles) throw Error.Of("LimitExceeded.Role", MostRoles);
        RamRoles.Put(store, role);
        return new(new() { ["Role"] = RamJson.Role(role, isUpdatedShown: false) });
    }
}

internal sealed class GetRole : IOperation
{
    public string Name => "GetRole";

    public IReadOnlyList<string> JudgedHere { get; } = ["RoleName"];

    public Reply Run(Call call, Session store) => new(new() { ["Role"] = RamJson.Role(RamWords.NeedRole(call, store)) });
}

internal sealed class UpdateRole : IOperation
{
    public string Name => "UpdateRole";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["RoleName", "NewDescription"];

    public Reply Run(Call call, Session store)
    {
        var role = RamWords.NeedRole(call, store);
        role = role with
        {
            Trust = call.Text("NewAssumeRolePolicyDocument") is { } trust ? RamWords.Trust(trust, "NewAssumeRolePolicyDocument") : role.Trust,
            Description = RamWords.Description(call, "NewDescription") ?? role.Description,
            MaxSessionSeconds = call.Int("NewMaxSessionDuration") ?? role.MaxSessionSeconds,
            UpdatedAt = store.Now,
        };
        RamRoles.Put(store, role);
        return new(new() { ["Role"] = RamJson.Role(role) });
    }
}

internal sealed class ListRoles : IOperation
{
    private const int DefaultItems = 100;

    public string Name => "ListRoles";

    public Reply Run(Call call, Session store)
    {
        var most = call.Int("MaxItems") ?? DefaultItems;
        var after = call.Text("Marker") is { } marker ? PageToken.Parse(call, marker).Id : "";
        var roles = RamRoles.After(store, call.Account, after, most + 1);
        var isTruncated = roles.Count > most;
        var body = new JsonObject
        {
            ["IsTruncated"] = isTruncated,
            ["Roles"] = Reply.Wrap("Role", roles.Take(most).Select(RamJson.Listed)),
        };
        if (isTruncated) body["Marker"] = new PageToken(0, roles[most - 1].Name).ToString();
        return new(body);
    }
}
