using System.Security.Cryptography;

namespace EcsImages.Local.Store;

/// <summary>Makes ids of the service's shapes: m- for an image, then a piece that stands for the region, then chance.</summary>
internal static class Ids
{
    private const string LowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Image(string region) => Make("m-", region);

    public static string Snapshot(string region) => Make("s-", region);

    public static string Instance(string region) => Make("i-", region);

    public static string Disk(string region) => Make("d-", region);

    public static string Task(string region) => Make("t-", region);

    /// <summary>That of an export begins otherwise.</summary>
    public static string ExportTask(string region) => Make("tsk-", region);

    public static string Vpc(string region) => Make("vpc-", region);

    public static string VSwitch(string region) => Make("vsw-", region);

    public static string SecurityGroup(string region) => Make("sg-", region);

    public static string LaunchTemplate(string region) => Make("lt-", region);

    public static string ImagePipeline(string region) => Make("ip-", region);

    public static string ImageComponent(string region) => Make("ic-", region);

    public static string Execution(string region) => Make("exec-", region);
    public static string Eip(string region) => Make("eip-", region);

    public static string KeyPair(string region) => Make("ssh-", region);

    public static string SecurityRule(string region) => Make("sgr-", region);

    public static string Make(string prefix, string region) =>
        prefix + RegionPiece(region) + RandomNumberGenerator.GetString(LowerAlphanumeric, 17);

    // Begins with 1, as most do at the service: clients in JavaScript read it as a number, and those are whole up to 2^53 only.
    public static string AccountId() => "1" + RandomNumberGenerator.GetString("0123456789", 15);

    public static string UserId() => "2" + RandomNumberGenerator.GetString("0123456789", 17);

    public static string AccessKeyId() => "LTAI" + RandomNumberGenerator.GetString(Alphanumeric, 20);

    public static string AccessKeySecret() => RandomNumberGenerator.GetString(Alphanumeric, 30);

    // Three characters from FNV-1a of the region's name: stable, so that an id shows which region it belongs to.
    private static string RegionPiece(string region)
    {
        var hash = 2166136261u;
        foreach (var c in region) hash = (hash ^ c) * 16777619u;
        return string.Create(3, hash, static (piece, rest) =>
        {
            for (var i = 0; i < piece.Length; i++, rest /= 36) piece[i] = LowerAlphanumeric[(int)(rest % 36)];
        });
    }
}
