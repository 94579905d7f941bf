using System.Text.Json;
using EcsImages.Core.Images;
using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityVerdict;

namespace EcsImages.Core.Tests.Images.Compatibility;

public sealed class RuleTests
{
    [Fact]
    public void A_pair_that_nothing_is_against_passes_every_rule()
    {
        var judged = Sample.Judge();
        Assert.Equal((Compatible, "UEFI", null), (judged.Verdict, judged.ResultingBootMode, judged.Reason));
        Assert.Empty(judged.Problems);
        Assert.Equal(
            ["Status", "Region", "Subscription", "Architecture", "Memory32Bit", "Cores32BitWindows", "Memory64Bit", "WindowsMemory", "BootMode", "Nvme", "Family",
                "SystemDiskSize", "SystemDiskCategory", "Encryption", "Login", "EndOfLife", "Fee"], judged.Rules.Select(static r => r.Id));
        Assert.All(judged.Rules, static r => Assert.True(r.Finding is Passed && r.Reason.EndsWith('.') && r.Remedy is null, r.ToString()));
    }

    [Theory]
    [InlineData("Status")]
    [InlineData("Architecture")]
    [InlineData("BootMode")]
    [InlineData("OSType")]
    [InlineData("NvmeSupport")]
    [InlineData("SizeGiB")]
    [InlineData("CpuArchitecture")]
    [InlineData("SupportedBootModes")]
    [InlineData("MemoryGiB")]
    [InlineData("TypeNvmeSupport")]
    public void What_the_service_did_not_answer_is_unknown_and_never_silently_well(string missing)
    {
        // On a pair where each of them matters.
        var image = Sample.Image with { NvmeSupport = "unsupported", Architecture = "i386" };
        var type = Sample.Type with { MemoryGiB = 1.5, CpuCoreCount = 2 };
        Assert.Equal(Compatible, Sample.Judge(image, type).Verdict);
        image = missing switch
        {
            "Status" => image with { Status = null },
            "Architecture" => image with { Architecture = null },
            "BootMode" => image with { BootMode = null },
            "OSType" => image with { OSType = null },
            "NvmeSupport" => image with { NvmeSupport = null },
            "SizeGiB" => image with { SizeGiB = null },
            _ => image,
        };
        type = missing switch
        {
            "CpuArchitecture" => type with { CpuArchitecture = null },
            "SupportedBootModes" => type with { SupportedBootModes = [] },
            "MemoryGiB" => type with { MemoryGiB = null },
            "TypeNvmeSupport" => type with { NvmeSupport = null },
            "NvmeSupport" => type with { NvmeSupport = "required" },
            _ => type,
        };
        var judged = Sample.Judge(image, type);
        Assert.Equal(CompatibleWithWarnings, judged.Verdict);
        Assert.Contains(judged.Problems, static r => r.Finding is Unknown);
        Assert.All(judged.Problems.Where(static r => r.Finding is Unknown), static r => Assert.NotEqual(EcsCompatibilitySeverity.Blocks, r.Severity));
    }

    [Theory]
    [InlineData("riscv64", null)]
    [InlineData(null, "FastBoot")]
    public void A_word_that_the_service_adds_tomorrow_is_unknown(string? architecture, string? bootMode)
    {
        var judged = Sample.Judge(Sample.Image with { Architecture = architecture ?? "x86_64", BootMode = bootMode ?? "UEFI" });
        Assert.Equal(CompatibleWithWarnings, judged.Verdict);
        Assert.Contains(architecture ?? bootMode!, judged.Reason, StringComparison.Ordinal);
    }

    // Rule 9: an image is where it was made or copied to; public ones are in all regions.
    [Theory]
    [InlineData(EcsImageType.Custom, Incompatible, "Copy-EcsImage -ImageId m-sample -RegionId cn-hangzhou -DestinationRegionId cn-beijing -Wait")]
    [InlineData(EcsImageType.Shared, Incompatible, "Copy-EcsImage -ImageId m-sample -RegionId cn-hangzhou -Wait | Copy-EcsImage -DestinationRegionId cn-beijing -Wait")]
    [InlineData(EcsImageType.Community, Incompatible, "Get-EcsImage -Platform Ubuntu -InstanceType ecs.g7.large -RegionId cn-beijing")]
    [InlineData(EcsImageType.Public, CompatibleWithWarnings, "Get-EcsImage -ImageId m-sample -RegionId cn-beijing")]
    public void An_image_of_another_region(EcsImageType kind, EcsCompatibilityVerdict verdict, string remedy)
    {
        var judged = Sample.Judge(Sample.Image with { ImageType = kind }, Sample.Type with { RegionId = "cn-beijing" });
        Assert.Equal((verdict, "cn-beijing"), (judged.Verdict, judged.RegionId));
        Assert.Equal(remedy, judged.Rule("Region").Remedy);
    }

    // Rule 24: a Marketplace image needs a subscription.
    [Theory]
    [InlineData(true, CompatibleWithWarnings, Passed)]
    [InlineData(false, Incompatible, Violated)]
    [InlineData(null, CompatibleWithWarnings, Unknown)]
    public void A_Marketplace_image(bool? subscribed, EcsCompatibilityVerdict verdict, EcsCompatibilityFinding finding)
    {
        var judged = Sample.Judge(Sample.Image with { ImageType = EcsImageType.Marketplace, ProductCode = "cmjj1", IsSubscribed = subscribed }, Sample.Type with { MemoryGiB = 2 });
        Assert.Equal((verdict, finding), (judged.Verdict, judged.Rule("Subscription").Finding));
        Assert.Equal(Violated, judged.Rule("Fee").Finding);
    }

    // Rule 22: trusted, AMD and SCC images, told by family or readable id, never by what a person called an image.
    [Theory]
    [InlineData("centos_7_8_tpm_x64_20G_alibase_20200810.vhd", null, "ecs.g6t", true)]
    [InlineData("centos_7_8_tpm_x64_20G_alibase_20200810.vhd", null, "ecs.g6", false)]
    [InlineData("aliyun_2_1903_x64_20G_secured_alibase_20210325.vhd", null, "ecs.c6t", true)]
    [InlineData("aliyun_2_1903_x64_20G_secured_alibase_20210325.vhd", null, "ecs.g7", false)]
    [InlineData("x.vhd", "acs:centos_7_8_x64_trust", "ecs.g7", false)]
    [InlineData("ubuntu_20_04_amd_x64_20G_alibase_20200820.vhd", null, "ecs.ebmr6a", true)]
    [InlineData("ubuntu_20_04_amd_x64_20G_alibase_20200820.vhd", null, "ecs.g6a", false)]
    [InlineData("aliyun_3_x64_20G_scc_alibase_20220225.vhd", null, "ecs.sccg7", true)]
    [InlineData("aliyun_3_x64_20G_scc_alibase_20220225.vhd", null, "ecs.g7", false)]
    [InlineData("aliyun_3_amd64_20G_alibase_20220225.vhd", null, "ecs.g7", true)]
    [InlineData("m-bp1", "my_amd_trust", "ecs.g7", true)]
    [InlineData("m-bp1", "acs:ubuntu_20_04_x64_amd", "ecs.g7", false)]
    public void Images_that_want_a_family(string id, string? family, string typeFamily, bool starts) => Assert.Equal(starts,
        Sample.Judge(Sample.Image with { ImageId = id, Family = family }, Sample.Type with { InstanceTypeFamily = typeFamily }).Verdict is not Incompatible);

    // Rule 22: ebmg7a has no Ubuntu 18 and Debian 9; of the 8th generation nobody says which systems it leaves out.
    [Theory]
    [InlineData("ecs.ebmg7a", "Ubuntu", "Ubuntu 18.04 64 bit", Incompatible)]
    [InlineData("ecs.ebmg7a", "Ubuntu", "Ubuntu 20.04 64 bit", CompatibleWithWarnings)]
    [InlineData("ecs.ebmg7a", "Debian", "Debian 9.13 64 bit", Incompatible)]
    [InlineData("ecs.ebmg7a", "Debian", "Debian 13.4 64 bit", Compatible)]
    [InlineData("ecs.g8i", "Ubuntu", "Ubuntu 18.04 64 bit", CompatibleWithWarnings)]
    [InlineData("ecs.g8i", "Ubuntu", "Ubuntu 24.04 64 bit", Compatible)]
    [InlineData("ecs.g8i", "Ubuntu", null, CompatibleWithWarnings)]
    [InlineData("ecs.g7", "Debian", "Debian 13.4 64 bit", Compatible)]
    public void Families_that_leave_systems_out(string family, string platform, string? os, EcsCompatibilityVerdict verdict) =>
        Assert.Equal(verdict, Sample.Judge(Sample.Image with { Platform = platform, OSName = os }, Sample.Type with { InstanceTypeFamily = family }).Verdict);

    // Rule 22: RHEL on certified families only, which nobody lists.
    [Fact]
    public void Red_Hat_is_noted_and_not_blocked()
    {
        var rule = Sample.Judge(Sample.Image with { Platform = "RedHat", OSName = "Red Hat Enterprise Linux 9.4 64 bit" }).Rule("Family");
        Assert.Equal((Unknown, EcsCompatibilitySeverity.Informs), (rule.Finding, rule.Severity));
    }

    // Rule 6: support ends with the end of life; the day itself is still supported.
    [Fact]
    public void The_end_of_life_warns_from_the_day_after_it()
    {
        var end = Lifecycles.Of(Sample.Image)!.EndOfLife!.Value;
        EcsCompatibilityRule On(int days) => Sample.Judge(question: Sample.Question with { Today = end.AddDays(days) }).Rule("EndOfLife");
        Assert.Equal((Violated, EcsCompatibilitySeverity.Warns), (On(1).Finding, On(1).Severity));
        Assert.Equal((Violated, EcsCompatibilitySeverity.Informs), (On(0).Finding, On(0).Severity));
        Assert.Equal((Violated, EcsCompatibilitySeverity.Informs), (On(-180).Finding, On(-180).Severity));
        Assert.Equal(Passed, On(-181).Finding);
        Assert.Equal((Unknown, EcsCompatibilitySeverity.Informs), Sample.Judge(Sample.Image with { OSName = "Own OS", Platform = "Others Linux" }).Rule("EndOfLife") is var r ? (r.Finding, r.Severity) : default);
    }

    // Rules 101, 76, 23: known, told, and not in the way.
    [Fact]
    public void A_fee_an_encryption_and_a_login_inform_only()
    {
        var windows = Sample.Judge(Sample.Image with { OSType = "windows", Platform = "Windows Server 2022", OSName = "Windows Server 2022 Datacenter 64 bit", IsEncrypted = true });
        Assert.Equal(["Encryption", "Fee"], windows.Problems.Select(static r => r.Id));
        var coreos = Sample.Judge(Sample.Image with { Platform = "Fedora CoreOS" });
        Assert.Contains("key pair", coreos.Rule("Login").Reason, StringComparison.Ordinal);
        Assert.Equal((Compatible, Compatible), (windows.Verdict, coreos.Verdict));
    }

    [Fact]
    public void What_blocks_comes_first_among_the_problems()
    {
        var judged = Sample.Judge(Sample.Image with { Status = "Deprecated", BootMode = "BIOS", IsEncrypted = true }, Sample.Booting("UEFI"));
        Assert.Equal(["BootMode", "Status", "Encryption"], judged.Problems.Select(static r => r.Id));
        Assert.Equal("BootMode blocks: The image boots by BIOS, the type by UEFI only.", judged.Problems[0].ToString());
    }

    [Fact]
    public void Every_row_about_families_names_its_source()
    {
        using var stream = typeof(EcsImage).Assembly.GetManifestResourceStream("images/instance-families.json")!;
        using var json = JsonDocument.Parse(stream);
        var rows = json.RootElement.EnumerateObject().Where(static p => p.Value.ValueKind is JsonValueKind.Array).SelectMany(static p => p.Value.EnumerateArray()).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, static r => Assert.NotEmpty(r.GetProperty("source").GetString()!));
    }

    [Theory]
    [InlineData("Ubuntu 18.04 64 bit", 18, 4)]
    [InlineData("Windows Server 2019", 2019, 0)]
    [InlineData("Debian 9.13 64 bit", 9, 13)]
    [InlineData("x 1.", 1, 0)]
    public void A_version_is_read_out_of_a_name(string name, int major, int minor) => Assert.Equal((major, minor), SystemVersion.Of(name));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Others Linux")]
    [InlineData("99999999999999999999")]
    public void A_name_without_a_version_has_none(string? name) => Assert.Null(SystemVersion.Of(name));
}
