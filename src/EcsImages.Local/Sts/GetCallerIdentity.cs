using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Sts;

internal sealed class GetCallerIdentity : IOperation
{
    public string Name => "GetCallerIdentity";

    // The endpoint knows accounts only, no users and no roles.
    public Reply Run(Call call, Session store) => new(new()
    {
        ["IdentityType"] = "Account",
        ["AccountId"] = call.Account,
        ["PrincipalId"] = call.Account,
        ["UserId"] = call.Account,
        ["Arn"] = $"acs:ram::{call.Account}:root",
    });
}
