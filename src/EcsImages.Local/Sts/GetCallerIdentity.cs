using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Sts;

internal sealed class GetCallerIdentity : IOperation
{
    public string Name => "GetCallerIdentity";

    public Reply Run(Call call, Session store)
    {
        var (type, principal, (field, id)) = call.Who switch
        {
            { User: { } user } => ("RAMUser", user.Id, ("UserId", user.Id)),
            { Session: { } issued } => ("AssumedRoleUser", issued.PrincipalId, ("RoleId", issued.Role.Id)),
            _ => ("Account", call.Account, ("UserId", call.Account)),
        };
        return new(new JsonObject
        {
            ["IdentityType"] = type,
            ["AccountId"] = call.Account,
            ["PrincipalId"] = principal,
            [field] = id,
            ["Arn"] = call.Who.Arn,
        });
    }
}
