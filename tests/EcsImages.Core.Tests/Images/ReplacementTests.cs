using EcsImages.Core.Images;
using EcsImages.Core.Images.Choice;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Tests.Images;

public sealed class ReplacementTests
{
    /// <summary>What is gone, and what takes its place in the region of the ranking tests; "" for nothing.</summary>
    public static TheoryData<string, string> Gone => new()
    {
        { "ubuntu_18_04_x64_20G_alibase_20230727.vhd", "ubuntu_26_04_x64_20G_alibase_20260810.vhd" },
        { "acs:ubuntu_18_04_x64", "ubuntu_26_04_x64_20G_alibase_20260810.vhd" },
        { "Ubuntu 18.04", "ubuntu_26_04_x64_20G_alibase_20260810.vhd" },
        { "ubuntu_16_0402_32_20G_alibase_20180409.vhd", "ubuntu_26_04_x64_20G_alibase_20260810.vhd" },
        { "ubuntu_18_04_arm64_20G_alibase_20230104.vhd", "ubuntu_24_04_arm64_20G_alibase_20251126.vhd" },
        // Still supported: a newer build of the same comes first.
        { "ubuntu_24_04_x64_20G_alibase_20240601.vhd", "ubuntu_24_04_x64_20G_alibase_20260828.vhd" },
        { "centos_7_6_x64_20G_alibase_20211130.vhd", "aliyun_3_x64_20G_alibase_20260513.vhd" },
        { "CentOS", "aliyun_3_x64_20G_alibase_20260513.vhd" },
        { "centos_stream_8_x64_20G_alibase_20240312.vhd", "aliyun_3_x64_20G_alibase_20260513.vhd" },
        { "aliyun_2_1903_x64_20G_dengbao_alibase_20230214.vhd", "aliyun_3_x64_20G_dengbao_alibase_20240819.vhd" },
        { "anolisos_7_9_x64_20G_anck_alibase_20230420.vhd", "anolisos_8_8_x64_20G_anck_alibase_20240221.vhd" },
        // No Debian here: the nearest relative.
        { "debian_10_13_x64_20G_alibase_20221228.vhd", "ubuntu_26_04_x64_20G_alibase_20260810.vhd" },
        // 2025 in English is only there for UEFI.
        { "win2012r2_9600_x64_dtc_en-us_40G_alibase_20190516.vhd", "win2022_21H2_x64_dtc_en-us_40G_alibase_20250817.vhd" },
        { "win2008r2_sp1_x64_ent_zh-cn_40G_alibase_20190318.vhd", "win2022_21H2_x64_dtc_zh-cn_40G_alibase_20240110.vhd" },
        { "freebsd_12_3_x64_30G_alibase_20220331.vhd", "" },
        { "sles_12_sp5_x64_20G_alibase_20201120.vhd", "" },
    };

    [Theory]
    [MemberData(nameof(Gone))]
    public void An_image_that_is_gone_is_replaced_by_what_its_name_says(string old, string successor)
    {
        var found = Replace(ReplacedImage.Of(old, RankingTests.Today)!);
        Assert.Equal(successor, found.Ranked.Count == 0 ? "" : found.Ranked[0].ImageId);
        Assert.All(found.Ranked, c => Assert.Equal(old, c.Replaces));
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("m-2ze1234")]
    [InlineData("web-2026")]
    public void What_says_no_system_is_not_guessed_at(string old) => Assert.Null(ReplacedImage.Of(old, RankingTests.Today));

    [Theory]
    [InlineData("BIOS,UEFI", "win2025_24H2_x64_dtc_en-us_40G_uefi_alibase_20251112.vhd")]
    [InlineData("BIOS", "win2022_21H2_x64_dtc_en-us_40G_alibase_20250817.vhd")]
    public void The_type_decides_which_successor_starts(string modes, string successor)
    {
        var old = ReplacedImage.Of("win2012r2_9600_x64_dtc_en-us_40G_alibase_20190516.vhd", RankingTests.Today)!;
        Assert.Equal(successor, Replace(old, RankingTests.Both with { SupportedBootModes = modes.Split(',') }).Ranked[0].ImageId);
    }

    [Fact]
    public void The_newest_of_a_living_system_needs_no_other_language_edition_or_older_build()
    {
        var newest = RankingTests.Region.Single(static i => i.ImageId == "ubuntu_26_04_x64_20G_alibase_20260810.vhd");
        var found = Replace(ReplacedImage.Of(newest, RankingTests.Today)!);
        Assert.Empty(found.Ranked);
        Assert.Equal("Ubuntu 26.04", found.Living?.Name);
    }

    [Fact]
    public void Ones_own_image_is_replaced_by_the_newest_of_its_family_else_by_a_clean_system()
    {
        Assert.Equal("m-web11", Replace(ReplacedImage.Of(Own("m-web10"), RankingTests.Today)!).Ranked[0].ImageId);
        var clean = Replace(ReplacedImage.Of(Own("m-web11"), RankingTests.Today)!).Ranked[0];
        Assert.Equal("ubuntu_26_04_x64_20G_alibase_20260810.vhd", clean.ImageId);
        Assert.Contains(clean.Reasons, static r => r.Contains("not in it", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_reason_names_both_systems_and_the_end()
    {
        var reason = Replace(ReplacedImage.Of("Ubuntu 18.04", RankingTests.Today)!).Ranked[0].Reasons[0];
        foreach (var part in new[] { "Ubuntu 26.04", "Ubuntu 18.04", "2023-05-31" }) Assert.Contains(part, reason, StringComparison.Ordinal);
    }

    private static EcsImage Own(string id) => RankingTests.Region.Single(i => i.ImageId == id);

    private static RankedImages Replace(ReplacedImage old, params EcsInstanceType[] types) => ImageRanking.Rank(
        RankingTests.Region.Where(i => i.ImageType is EcsImageType.Public || old.IsNewerBuild(i)),
        new ImageQuestion { Replaced = old, InstanceTypes = types, Today = RankingTests.Today });
}
