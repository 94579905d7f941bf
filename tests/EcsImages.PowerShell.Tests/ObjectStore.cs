using System.Management.Automation;
using System.Reflection;

namespace EcsImages.PowerShell.Tests;

/// <summary>Buckets and objects of the account of $us, written by the module's own client, and the roles by which the service reads and writes them.</summary>
internal static class ObjectStore
{
    public const string BucketName = "task-bucket";

    private const string Trust = """{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}""";

    /// <summary>A bucket of the region, and the roles; what is there already is left.</summary>
    public static void MakeBucket(this TestShell shell, string region = "cn-hangzhou", string name = BucketName)
    {
        Call(shell, "OssObjects", "PutBucketAsync", region, name);
        shell.Run($$"""
            foreach ($way in 'Import', 'Export') {
                if (Invoke-EcsApi GetRole @{ RoleName = "AliyunECSImage${way}DefaultRole" } -Product ram -ErrorAction Ignore) { continue }
                $null = Invoke-EcsApi CreateRole @{ RoleName = "AliyunECSImage${way}DefaultRole"; AssumeRolePolicyDocument = '{{Trust}}' } -Product ram -Confirm:$false
                $null = Invoke-EcsApi AttachPolicyToRole @{ RoleName = "AliyunECSImage${way}DefaultRole"; PolicyType = 'System'; PolicyName = "AliyunECSImage${way}RolePolicy" } -Product ram -Confirm:$false
            }
            """);
    }

    public static void PutObject(this TestShell shell, string key, byte[] bytes, string region = "cn-hangzhou", string name = BucketName) =>
        Call(shell, "OssObjects", "PutObjectAsync", region, name, key, bytes);

    /// <summary>The objects of a bucket with their sizes in bytes; null where there is no such bucket.</summary>
    public static IReadOnlyList<(string Key, long Size)>? FindObjects(this TestShell shell, string name, string region = "cn-hangzhou")
    {
        try
        {
            var listed = (System.Collections.IEnumerable)Call(shell, "OssListing", "ListAsync", region, name, "")!;
            return [.. listed.Cast<object>().Select(static o => ((string)Get(o, "Key"), (long)Get(o, "Size")))];
        }
        catch (Exception e) when (e.GetType().GetProperty("Code")?.GetValue(e) is "NoSuchBucket")
        {
            return null;
        }
    }

    private static object? Call(TestShell shell, string type, string operation, params object[] arguments)
    {
        var context = ((PSObject)shell.Run("$us")[0]).BaseObject;
        var oss = Get(Get(Get(context, "Access"), "Client"), "Oss");
        var objects = oss.GetType().Assembly.GetType($"EcsImages.Core.Oss.{type}")!;
        var call = (Task)objects.GetMethod(operation)!.Invoke(null, [oss, .. arguments, CancellationToken.None])!;
        call.GetAwaiter().GetResult();
        return call.GetType().GetProperty("Result")?.GetValue(call);
    }

    private static object Get(object from, string property) =>
        from.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(from)!;
}
