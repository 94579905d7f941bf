using System.Text;
using EcsImages.Core.Oss;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Oss;

/// <summary>Holds RAM users and sessions of roles to their policies; an account's own key may do everything. Source: OSS, "RAM policies" (actions and resources).</summary>
internal sealed class OssRights(Authorizer authorizer)
{
    private const string Get = "oss:GetObject", Delete = "oss:DeleteObject";

    /// <exception cref="OssError">The caller's policies do not let it.</exception>
    public void Check(OssCall call, OssOperation operation)
    {
        // Which objects go is said in the body.
        if (call.Caller is not { } caller || operation.Name == nameof(DeleteMultipleObjects)) return;
        var key = call.Address.Key.Length == 0 ? null : call.Key;
        Check(caller, OssActions.Of(operation.Name), call.BucketName.Length == 0 ? "*" : call.BucketName, key);
        if (!CopySource.IsIn(call.Request)) return;
        var source = CopySource.Of(call.Request);
        Check(caller, Get, source.Bucket, source.Key);
    }

    /// <exception cref="OssError">The caller's policies do not let it delete one of the objects.</exception>
    public void CheckDelete(OssCall call, IEnumerable<byte[]> keys)
    {
        if (call.Caller is not { } caller) return;
        foreach (var key in keys) Check(caller, Delete, call.BucketName, key);
    }

    private void Check(Caller caller, string action, string bucket, byte[]? key)
    {
        var resource = $"acs:oss:*:{caller.Account.AccountId}:{bucket}{(key is null ? "" : "/" + Encoding.UTF8.GetString(key))}";
        if (authorizer.FirstRefused(caller, action, [resource], static now => RequestContext.Of("127.0.0.1", now)) is not null)
            throw OssError.Of("AccessDenied.Policy", ("AuthAction", action), ("AuthResource", resource));
    }
}
