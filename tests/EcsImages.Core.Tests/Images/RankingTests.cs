using EcsImages.Core.Images;
using EcsImages.Core.Images.Choice;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Tests.Images;

/// <summary>The order of a choice (ECS "Image overview": OS by workload, type by need), on a small region of our own.</summary>
public sealed class RankingTests
{
    internal static readonly DateOnly Today = new(2026, 11, 23);

    internal static readonly EcsInstanceType Both = new()
    {
        InstanceType = "ecs.g7.large",
        InstanceTypeFamily = "ecs.g7",
        CpuCoreCount = 2,
        MemoryGiB = 8,
        CpuArchitecture = "X86",
        SupportedBootModes = ["BIOS", "UEFI"],
        NvmeSupport = "unsupported",
        RegionId = "cn-hangzhou",
        ContextAccountId = "1",
    };

    internal static readonly EcsImage[] Region =
    [
        Public("ubuntu_24_04_x64_20G_alibase_20240923.vhd", "acs:ubuntu_24_04_x64", "Ubuntu 24.04 64 bit", "Ubuntu"),
        Public("ubuntu_24_04_x64_20G_alibase_20260828.vhd", "acs:ubuntu_24_04_x64", "Ubuntu 24.04 64 bit", "Ubuntu"),
        Public("ubuntu_26_04_x64_20G_alibase_20260810.vhd", "acs:ubuntu_26_04_x64", "Ubuntu 26.04 64 bit", "Ubuntu"),
        Public("ubuntu_22_04_x64_20G_alibase_20260810.vhd", "acs:ubuntu_22_04_x64", "Ubuntu 22.04 64 bit", "Ubuntu"),
        Public("ubuntu_22_04_uefi_x64_20G_alibase_20230515.vhd", "acs:ubuntu_22_04_x64_uefi", "Ubuntu 22.04 64 bit UEFI", "Ubuntu", "UEFI"),
        Public("ubuntu_18_04_x64_20G_alibase_20240223.vhd", "acs:ubuntu_18_04_x64", "Ubuntu 18.04 64 bit", "Ubuntu", "BIOS"),
        Public("ubuntu_24_04_arm64_20G_alibase_20251126.vhd", "acs:ubuntu_24_04_arm64", "Ubuntu 24.04 64 bit for ARM", "Ubuntu", "UEFI") with { Architecture = "arm64" },
        Public("centos_7_9_x64_20G_alibase_20240321.vhd", "acs:centos_7_9_x64", "CentOS 7.9 64 bit", "CentOS", "BIOS"),
        Public("centos_stream_9_x64_20G_alibase_20260616.vhd", "acs:centos_stream_9_x64", "CentOS Stream 9 64 bit", "CentOS Stream"),
        Public("aliyun_3_x64_20G_alibase_20260513.vhd", "acs:alibaba_cloud_linux_3_2104_lts_x64", "Alibaba Cloud Linux 3.2104 LTS 64 bit", "Aliyun"),
        Public("aliyun_3_x64_20G_dengbao_alibase_20240819.vhd", "acs:alibaba_cloud_linux_3_2104_lts_x64_dengbao2.0", "Alibaba Cloud Linux 3.2104 LTS 64 bit MLPS 2.0 Level 3", "Aliyun"),
        Public("aliyun_4_x64_20G_alibase_20260801.vhd", "acs:alibaba_cloud_linux_4_lts_x64", "Alibaba Cloud Linux 4 LTS 64 bit", "Aliyun"),
        Public("anolisos_8_8_x64_20G_anck_alibase_20240221.vhd", "acs:anolis_8_8_anck_x64", "Anolis OS 8.8 ANCK 64 bit", "Anolis", "BIOS"),
        Public("rockylinux_9_4_x64_20G_alibase_20240709.vhd", "acs:rocky_linux_9_4_x64", "Rocky Linux 9.4 64 bit", "Rocky Linux"),
        Public("rockylinux_9_8_x64_20G_alibase_20260916.vhd", "acs:rocky_linux_9_8_x64", "Rocky Linux 9.8 64 bit", "Rocky Linux"),
        Public("rhel_9_4_x64_20G_alibase_20240601.vhd", null, "Red Hat Enterprise Linux 9.4 64 bit", "RedHat", "BIOS"),
        Windows("win2012r2_9600_x64_dtc_en-us_40G_alibase_20210516.vhd", "acs:win_2012_r2_datacenter_x64_en", "Windows Server 2012 R2 Datacenter Edition 64 bit English Edition", "Windows Server 2012"),
        Windows("win2019_1809_x64_dtc_en-us_40G_alibase_20210516.vhd", "acs:win_2019_datacenter_x64_en", "Windows Server 2019 Datacenter Edition 64 bit English Edition", "Windows Server 2019"),
        Windows("win2022_21H2_x64_dtc_en-us_40G_alibase_20250817.vhd", "acs:win_2022_datacenter_x64_en", "Windows Server 2022 Datacenter Edition 64 bit English Edition", "Windows Server 2022"),
        Windows("win2022_21H2_x64_dtc_zh-cn_40G_alibase_20240110.vhd", "acs:win_2022_datacenter_x64_zh", "Windows Server 2022 Datacenter Edition 64 bit Chinese Edition", "Windows Server 2022"),
        Windows("win2025_24H2_x64_dtc_en-us_40G_uefi_alibase_20251112.vhd", null, "Windows Server 2025 Datacenter Edition 64 bit English Edition UEFI", "Windows Server 2025", "UEFI"),
        Own("m-web10", "web-10", "web", 10), Own("m-web11", "web-11", "web", 11), Own("m-alone", "alone", null, 9),
        Public("m-stack", null, "Ubuntu 22.04 64 bit", "Ubuntu") with { ImageType = EcsImageType.Marketplace, ProductCode = "cmjj1", IsSubscribed = false, OwnerAccountId = "7" },
    ];

    /// <summary>A question, the best answers in their order.</summary>
    public static TheoryData<string, string, string> Orders => new()
    {
        { "workload Windows", "Windows applications", "win2022_21H2_x64_dtc_en-us_40G_alibase_20250817.vhd win2022_21H2_x64_dtc_zh-cn_40G_alibase_20240110.vhd win2019_1809_x64_dtc_en-us_40G_alibase_20210516.vhd win2025_24H2_x64_dtc_en-us_40G_uefi_alibase_20251112.vhd" },
        { "workload CentOS compatible", "centos replacement", "aliyun_3_x64_20G_alibase_20260513.vhd aliyun_4_x64_20G_alibase_20260801.vhd aliyun_3_x64_20G_dengbao_alibase_20240819.vhd anolisos_8_8_x64_20G_anck_alibase_20240221.vhd" },
        { "workload open source", "open source", "anolisos_8_8_x64_20G_anck_alibase_20240221.vhd aliyun_3_x64_20G_alibase_20260513.vhd aliyun_4_x64_20G_alibase_20260801.vhd aliyun_3_x64_20G_dengbao_alibase_20240819.vhd" },
        { "workload Red Hat", "red hat", "rhel_9_4_x64_20G_alibase_20240601.vhd" },
        { "workload legacy", "legacy", "centos_7_9_x64_20G_alibase_20240321.vhd" },
        { "system by name", "ubuntu", "ubuntu_26_04_x64_20G_alibase_20260810.vhd ubuntu_24_04_x64_20G_alibase_20260828.vhd m-web11 m-alone ubuntu_22_04_x64_20G_alibase_20260810.vhd ubuntu_24_04_arm64_20G_alibase_20251126.vhd ubuntu_22_04_uefi_x64_20G_alibase_20230515.vhd" },
        { "version past its end by name", "ubuntu 18.04", "ubuntu_18_04_x64_20G_alibase_20240223.vhd" },
        { "point release by name", "rocky linux 9.4", "rockylinux_9_4_x64_20G_alibase_20240709.vhd" },
        { "point release of CentOS by name", "centos 7.9", "centos_7_9_x64_20G_alibase_20240321.vhd" },
        { "Windows by version", "windows server 2019", "win2019_1809_x64_dtc_en-us_40G_alibase_20210516.vhd" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Images_rank_by_system_edition_support_trust_and_age(string rule, string said, string ids)
    {
        var (workload, system) = SaidChoice.Workload(said);
        var found = ImageRanking.Rank(Usual, new ImageQuestion { Workload = workload, Systems = system is null ? [] : [system], Today = Today });
        Assert.True(ids == string.Join(' ', found.Ranked.Select(static c => c.ImageId)), $"{rule}: {string.Join(' ', found.Ranked.Select(static c => c.ImageId))}");
        Assert.Equal(Enumerable.Range(1, found.Ranked.Count), found.Ranked.Select(static c => c.Rank!.Value));
        Assert.All(found.Ranked, static c => Assert.NotEmpty(c.Reasons));
    }

    [Fact]
    public void Every_image_has_a_rank_or_what_left_it_out()
    {
        var found = ImageRanking.Rank(Region, new ImageQuestion { Today = Today, InstanceTypes = [Both] });
        Assert.Equal(Region.Select(static i => i.ImageId).Order(), found.Ranked.Concat(found.LeftOut).Select(static c => c.ImageId).Order());
        Assert.All(found.LeftOut, static c => Assert.True(c.Rank is null && c.LeftOut.Count > 0 && c.Reasons.Count == 0));
        Assert.Equal(found.LeftOut.Select(static c => c.LeftOut.Count).Order(), found.LeftOut.Select(static c => c.LeftOut.Count));
    }

    [Theory]
    [InlineData("centos_7_9_x64_20G_alibase_20240321.vhd")]
    [InlineData("centos_stream_9_x64_20G_alibase_20260616.vhd")]
    [InlineData("ubuntu_18_04_x64_20G_alibase_20240223.vhd")]
    [InlineData("win2012r2_9600_x64_dtc_en-us_40G_alibase_20210516.vhd")]
    [InlineData("ubuntu_24_04_x64_20G_alibase_20240923.vhd")]
    [InlineData("rockylinux_9_4_x64_20G_alibase_20240709.vhd")]
    [InlineData("m-web10")]
    public void What_is_legacy_past_its_end_or_an_older_build_is_not_recommended(string id)
    {
        Assert.DoesNotContain(Ask(new() { Today = Today }).Ranked, c => c.ImageId == id);
        Assert.Contains(Ask(new() { Today = Today, IsNamed = n => n == Region.Single(i => i.ImageId == id).Name }).Ranked, c => c.ImageId == id);
    }

    [Fact]
    public void A_need_means_a_kind_of_image()
    {
        Assert.All(Ask(new() { Today = Today, Need = SaidChoice.Need("clean os") }).Ranked, static c => Assert.Equal(EcsImageType.Public, c.ImageType));
        Assert.Equal(["m-web11", "m-alone"], Ask(new() { Today = Today, Need = SaidChoice.Need("own") }).Ranked.Select(static c => c.ImageId));
        var stack = Assert.Single(Ask(new() { Today = Today, Need = SaidChoice.Need("stack"), InstanceTypes = [Both] }).Ranked);
        Assert.Contains(stack.Reasons, static r => r.Contains("Subscribe", StringComparison.Ordinal));
    }

    [Fact]
    public void Support_until_a_day_counts_only_where_it_is_known()
    {
        var found = Ask(new() { Today = Today, SupportedUntil = new(2031, 3, 31), OSType = "linux" });
        Assert.Equal(
            ["rockylinux_9_8_x64_20G_alibase_20260916.vhd", "rhel_9_4_x64_20G_alibase_20240601.vhd", "ubuntu_26_04_x64_20G_alibase_20260810.vhd",
                "aliyun_3_x64_20G_alibase_20260513.vhd", "aliyun_3_x64_20G_dengbao_alibase_20240819.vhd"],
            Ask(new() { Today = Today, SupportedUntil = new(2031, 3, 31), OSType = "linux" }).Ranked.Select(static c => c.ImageId));
        Assert.Contains("not known", found.LeftOut.Single(static c => c.ImageId.StartsWith("aliyun_4", StringComparison.Ordinal)).LeftOut[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EcsImageLicense.Free, "ubuntu_26_04_x64_20G_alibase_20260810.vhd", true)]
    [InlineData(EcsImageLicense.Free, "win2022_21H2_x64_dtc_en-us_40G_alibase_20250817.vhd", false)]
    [InlineData(EcsImageLicense.Free, "m-web11", true)]
    [InlineData(EcsImageLicense.Free, "m-stack", false)]
    [InlineData(EcsImageLicense.Commercial, "rhel_9_4_x64_20G_alibase_20240601.vhd", true)]
    [InlineData(EcsImageLicense.Commercial, "win2022_21H2_x64_dtc_en-us_40G_alibase_20250817.vhd", true)]
    [InlineData(EcsImageLicense.Commercial, "m-stack", true)]
    [InlineData(EcsImageLicense.Commercial, "aliyun_3_x64_20G_alibase_20260513.vhd", false)]
    public void A_license_is_free_or_commercial(EcsImageLicense license, string id, bool isIn) =>
        Assert.Equal(isIn, Ask(new() { Today = Today, License = license }).Ranked.Any(c => c.ImageId == id));

    [Theory]
    [InlineData("BIOS", "ubuntu_22_04_x64_20G_alibase_20260810.vhd", true)]
    [InlineData("BIOS", "ubuntu_22_04_uefi_x64_20G_alibase_20230515.vhd", false)]
    [InlineData("UEFI", "ubuntu_22_04_uefi_x64_20G_alibase_20230515.vhd", true)]
    [InlineData("UEFI", "win2022_21H2_x64_dtc_en-us_40G_alibase_20250817.vhd", false)]
    public void An_instance_type_lets_through_what_starts_on_it(string mode, string id, bool isIn) =>
        Assert.Equal(isIn, Ask(new() { Today = Today, InstanceTypes = [Both with { SupportedBootModes = [mode] }] }).Ranked.Any(c => c.ImageId == id));

    [Fact]
    public void Several_types_mean_each_of_them() => Assert.Empty(Ask(new()
    {
        Today = Today,
        InstanceTypes = [Both, Both with { InstanceType = "ecs.g8y.large", InstanceTypeFamily = "ecs.g8y", CpuArchitecture = "ARM", SupportedBootModes = ["UEFI"] }],
    }).Ranked);

    [Fact]
    public void An_older_build_ranks_where_the_newest_does_not_start()
    {
        EcsImage[] two = [Region[1] with { BootMode = "UEFI" }, Region[0] with { BootMode = "BIOS" }];
        var found = ImageRanking.Rank(two, new() { Today = Today, InstanceTypes = [Both with { SupportedBootModes = ["BIOS"] }] });
        Assert.Equal(two[1].ImageId, Assert.Single(found.Ranked).ImageId);
    }

    [Fact]
    public void A_special_edition_ranks_first_where_the_type_demands_it()
    {
        var trusted = Public("aliyun_3_x64_20G_secured_alibase_20250101.vhd", "acs:alibaba_cloud_linux_3_2104_x64_trust", "Alibaba Cloud Linux 3.2104 LTS 64 bit Trusted", "Aliyun", "UEFI");
        var g6t = Both with { InstanceType = "ecs.g6t.large", InstanceTypeFamily = "ecs.g6t", SupportedBootModes = ["UEFI"] };
        Assert.Equal(trusted.ImageId, ImageRanking.Rank([.. Region, trusted], new() { Today = Today, InstanceTypes = [g6t] }).Ranked[0].ImageId);
        Assert.DoesNotContain(ImageRanking.Rank([.. Region, trusted], new() { Today = Today, InstanceTypes = [Both] }).Ranked, c => c.ImageId == trusted.ImageId);
    }

    [Theory]
    [InlineData("en", "win2022_21H2_x64_dtc_zh-cn_40G_alibase_20240110.vhd", false)]
    [InlineData("zh", "win2022_21H2_x64_dtc_zh-cn_40G_alibase_20240110.vhd", true)]
    [InlineData("zh", "ubuntu_26_04_x64_20G_alibase_20260810.vhd", true)]
    public void A_language_is_one_of_Windows_only(string language, string id, bool isIn) =>
        Assert.Equal(isIn, Ask(new() { Today = Today, Language = language }).Ranked.Any(c => c.ImageId == id));

    [Fact]
    public void What_excluded_most_is_summed_up() =>
        Assert.Equal($"{Region.Length} another operating system", Ask(new() { Today = Today, Systems = [new("Gentoo")] }).WhatExcluded);

    private static EcsImage[] Usual => [.. Region.Where(static i => i.ImageType is not EcsImageType.Marketplace)];

    private static RankedImages Ask(ImageQuestion question) => ImageRanking.Rank(Region, question);

    private static EcsImage Public(string id, string? family, string os, string platform, string boot = "UEFI-Preferred") => new()
    {
        ImageId = id,
        Name = id,
        Family = family,
        OSName = os,
        OSType = "linux",
        Platform = platform,
        Architecture = "x86_64",
        BootMode = boot,
        NvmeSupport = "supported",
        ImageType = EcsImageType.Public,
        Status = "Available",
        OwnerAccountId = "0",
        SizeGiB = 20,
        SeenOn = Today,
        RegionId = "cn-hangzhou",
        ContextAccountId = "1",
        CreationTime = id.LastIndexOf('_') is > 0 and var at && int.TryParse(id.AsSpan(at + 1, 8), out var day) ? new(day / 10000, day / 100 % 100, day % 100, 0, 0, 0, TimeSpan.Zero) : default,
    };

    private static EcsImage Windows(string id, string? family, string os, string platform, string boot = "BIOS") => Public(id, family, os, platform, boot) with { OSType = "windows", SizeGiB = 40 };

    private static EcsImage Own(string id, string name, string? family, int month) => Public(id, family, "Ubuntu 24.04 64 bit", "Ubuntu") with
    {
        Name = name,
        ImageType = EcsImageType.Custom,
        OwnerAccountId = "1",
        CreationTime = new(2026, month, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
