using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>What a call of ImportImage says of the system on the disks; the service takes its word for it.</summary>
internal sealed record ImportedSystem(string OsType, string Platform, string Architecture, string BootMode, string LicenseType, string Nvme, string Imds)
{
    private const string OtherLinux = "Others Linux", OtherWindows = "Other Windows";

    public static ImportedSystem Read(Call call)
    {
        // OtherWindows is not in the contract's list, yet among the values that an import takes (rules.md 45).
        string[] platforms = [.. call.Operation.Request.Single(static f => f.Name == "Platform").KnownValues, OtherWindows];
        var platform = Choice.Of(call, "Platform", "InvalidPlatform.Malformed", platforms);
        var type = Choice.Of(call, "OSType", "InvalidOSType.Malformed", "windows", "linux") ?? (IsWindows(platform) ? "windows" : "linux");
        platform ??= type == "windows" ? OtherWindows : OtherLinux;
        if (IsWindows(platform) != (type == "windows")) throw Error.Of("InvalidPlatform.Malformed", platform, $"those of {type}");
        var architecture = Choice.Of(call, "Architecture", "InvalidArchitecture.Malformed", "i386", "x86_64", "arm64") ?? "x86_64";
        if (architecture == "arm64" && type == "windows") throw Error.Of("InvalidArchitecture.PlatformUnsupported", platform, architecture);
        CheckDetection(call, type);
        return new(type, platform, architecture, ReadBootMode(call, architecture), ReadLicense(call, type), ReadNvme(call), ReadImds(call));
    }

    public Image Describe(Image image)
    {
        var bits = Architecture == "i386" ? 32 : 64;
        return image with
        {
            OsType = OsType,
            // Two spaces, as the service writes them.
            OsName = $"{Platform}  {bits}位",
            OsNameEn = $"{Platform}  {bits} bit",
            Platform = Platform,
            Architecture = Architecture,
            BootMode = BootMode,
            LicenseType = LicenseType,
            Nvme = Nvme,
            Imds = Imds,
        };
    }

    private static bool IsWindows(string? platform) => platform?.Contains("Windows", StringComparison.Ordinal) is true;

    private static void CheckDetection(Call call, string type)
    {
        if (call.Text("DetectionStrategy") is not { } strategy) return;
        if (strategy != "Standard") throw Error.Of("InvalidParameter.DetectionStrategy", strategy);
        if (type == "windows") throw Error.Of("ImageCheckUnsupported.WindowsImage");
    }

    private static string ReadBootMode(Call call, string architecture)
    {
        var mode = Choice.Of(call, "BootMode", "InvalidBootMode.Malformed", "BIOS", "UEFI");
        if (architecture != "arm64") return mode ?? "BIOS";
        return mode is null or "UEFI" ? "UEFI" : throw Error.Of("InvalidBootMode.NotSupport", mode, "an arm64 image boots by UEFI");
    }

    // Auto is what older clients send; a license is Windows' business.
    private static string ReadLicense(Call call, string type) =>
        Choice.Of(call, "LicenseType", "InvalidLicenseType.NotSupported", "Auto", "Aliyun", "BYOL") ?? (type == "windows" ? "Aliyun" : "");

    private static string ReadNvme(Call call) => call.Struct("Features").Text("NvmeSupport") switch
    {
        null => "unsupported",
        "supported" => "supported",
        "unsupported" => "unsupported",
        var other => throw Error.Invalid("Features.NvmeSupport", $"{other} is neither supported nor unsupported."),
    };

    private static string ReadImds(Call call) => call.Struct("Features").Text("ImdsSupport") switch
    {
        null => "v1",
        "v1" => "v1",
        "v2" => "v2",
        var other => throw Error.Of("InvalidParameter.FeaturesImdsSupport", other),
    };
}
