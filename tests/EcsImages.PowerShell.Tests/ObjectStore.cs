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
        Call(shell, "PutBucketAsync", region, name);
        shell.Run($$"""
            foreach ($way in 'Import', 'Export') {
                if (Invoke-EcsApi GetRole @{ RoleName = "AliyunECSImage${way}DefaultRole" } -Product ram -ErrorAction Ignore) { continue }
                $null = Invoke-EcsApi CreateRole @{ RoleName = "AliyunECSImage${way}DefaultRole"; AssumeRolePolicyDocument = '{{Trust}}' } -Product ram -Confirm:$false
                $null = Invoke-EcsApi AttachPolicyToRole @{ RoleName = "AliyunECSImage${way}DefaultRole"; PolicyType = 'System'; PolicyName = "AliyunECSImage${way}RolePolicy" } -Product ram -Confirm:$false
            }
            """);
    }

    public static void PutObject(this TestShell shell, string key, byte[] bytes, string region = "cn-hangzhou", string name = BucketName) =>
        Call(shell, "PutObjectAsync", region, name, key, bytes);

    private static void Call(TestShell shell, string operation, params object[] arguments)
    {
        var context = ((PSObject)shell.Run("$us")[0]).BaseObject;
        var oss = Get(Get(Get(context, "Access"), "Client"), "Oss");
        var objects = oss.GetType().Assembly.GetType("EcsImages.Core.Oss.OssObjects")!;
        ((Task)objects.GetMethod(operation)!.Invoke(null, [oss, .. arguments, CancellationToken.None])!).GetAwaiter().GetResult();
    }

    private static object Get(object from, string property) =>
        from.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(from)!;
}
