using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Sts;

internal sealed class GetCallerIdentity : IOperation
{
    public string Name => "GetCallerIdentity";

    public Reply Run(Call call, Session store)
    {
        var body = new JsonObject { ["AccountId"] = call.Account, ["Arn"] = call.Who.Arn };
        switch (call.Who)
        {
            case { User: { } user }:
                (body["IdentityType"], body["PrincipalId"], body["UserId"]) = ("RAMUser", user.Id, user.Id);
                break;
            case { Session: { } issued }:
                (body["IdentityType"], body["PrincipalId"], body["RoleId"]) = ("AssumedRoleUser", issued.PrincipalId, issued.Role.Id);
                break;
            default:
                (body["IdentityType"], body["PrincipalId"], body["UserId"]) = ("Account", call.Account, call.Account);
                break;
        }
        return new(body);
    }
}
