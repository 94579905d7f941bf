using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Sts;

internal sealed class GetCallerIdentity : IOperation
{
    public string Name => "GetCallerIdentity";

    public Reply Run(Call call, Session store) => call.User is { } user ? new(new()
    {
        ["IdentityType"] = "RAMUser",
        ["AccountId"] = call.Account,
        ["PrincipalId"] = user.Id,
        ["UserId"] = user.Id,
        ["Arn"] = user.Arn,
    })
    : new(new()
    {
        ["IdentityType"] = "Account",
        ["AccountId"] = call.Account,
        ["PrincipalId"] = call.Account,
        ["UserId"] = call.Account,
        ["Arn"] = $"acs:ram::{call.Account}:root",
    });
}
