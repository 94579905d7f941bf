using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

/// <summary>Rule 6: which lifecycle an image has, by what it says of its operating system. Never a wrong one.</summary>
public sealed class LifecycleMatchTests
{
    [Theory]
    [InlineData("CentOS  7.9 64 bit", "CentOS 7")]
    [InlineData("CentOS Linux release 7.9.2009 (Core)", "CentOS 7")]
    [InlineData("CentOS  6.10 64位", "CentOS 6")]
    [InlineData("CentOS Stream  9 64 bit UEFI", "CentOS Stream 9")]
    [InlineData("CentOS 8 Stream", null)]
    [InlineData("CentOS Stream 7", null)]
    [InlineData("CentOS 70", null)]
    [InlineData("CentOSX 7", null)]
    [InlineData("Alibaba Cloud Linux  2.1903 LTS 64 bit", "Alibaba Cloud Linux 2")]
    [InlineData("Alibaba Cloud Linux  3.2104 LTS 64 bit for ARM", "Alibaba Cloud Linux 3")]
    [InlineData("Alibaba Cloud Linux 3 Pro 64 bit", "Alibaba Cloud Linux 3 Pro")]
    [InlineData("Alibaba Cloud Linux 3.2104 LTS Pro 64 bit", "Alibaba Cloud Linux 3 Pro")]
    [InlineData("Aliyun Linux 17.1 64 bit", null)]
    [InlineData("Anolis OS  8.10 ANCK 64 bit", "Anolis OS 8.10")]
    [InlineData("Anolis OS  8.1 ANCK 64 bit", null)]
    [InlineData("Anolis OS 8", null)]
    [InlineData("Ubuntu  24.04 64 bit", "Ubuntu 24.04")]
    [InlineData("Ubuntu 24.04.3 LTS", "Ubuntu 24.04")]
    [InlineData("Ubuntu  24.10 64 bit", null)]
    [InlineData("Ubuntu 2.404", null)]
    [InlineData("Ubuntu 64 bit", null)]
    [InlineData("Debian  12.13 64 bit", "Debian 12")]
    [InlineData("Debian GNU/Linux 12 (bookworm)", "Debian 12")]
    [InlineData("Debian 1.2", null)]
    [InlineData("Rocky Linux  10.1 64 bit", "Rocky Linux 10")]
    [InlineData("Red Hat Enterprise Linux  8.10 64 bit", "Red Hat Enterprise Linux 8")]
    [InlineData("Red Hat Enterprise Linux Server release 7.9", "Red Hat Enterprise Linux 7")]
    [InlineData("RHEL 9", "Red Hat Enterprise Linux 9")]
    [InlineData("SUSE Linux Enterprise Server  12 SP5 64 bit", "SUSE Linux Enterprise Server 12 SP5")]
    [InlineData("SUSE Linux Enterprise Server 15 SP1 64 bit", "SUSE Linux Enterprise Server 15 SP1")]
    [InlineData("SUSE Linux Enterprise Server 15 64 bit", null)]
    [InlineData("SUSE Linux Enterprise Server 15 SP10", null)]
    [InlineData("SLES 15 SP7", "SUSE Linux Enterprise Server 15 SP7")]
    [InlineData("SUSE Linux Enterprise Desktop 15 SP7", null)]
    [InlineData("OpenSUSE  15.4 64 bit", "openSUSE 15.4")]
    [InlineData("openSUSE Tumbleweed 20261001", null)]
    [InlineData("Fedora  41 64 bit", "Fedora 41")]
    [InlineData("Fedora CoreOS 34.20210529.3.0 64 bit", "Fedora CoreOS 34.20210529.3.0")]
    [InlineData("Fedora CoreOS 41", null)]
    [InlineData("FreeBSD  12.3 64 bit", "FreeBSD 12.3")]
    [InlineData("FreeBSD 12.2", null)]
    [InlineData("Windows Server  2008 Standard Edition 32 bit Chinese Edition", "Windows Server 2008 SP2")]
    [InlineData("Windows Server  2008 R2 Enterprise Edition 64 bit", "Windows Server 2008 R2 SP1")]
    [InlineData("Windows Server  2012 R2 数据中心版 64位中文版", "Windows Server 2012 R2")]
    [InlineData("Windows Server  2012 Datacenter Edition 64 bit", "Windows Server 2012")]
    [InlineData("Windows Server  2019 with Container Datacenter Edition 64 bit", "Windows Server 2019")]
    [InlineData("Windows Server Version 2004 Datacenter Edition 64 bit (Without UI)", "Windows Server Version 2004 (SAC)")]
    [InlineData("Windows Server Version 1909 Datacenter Edition", "Windows Server Version 1909 (SAC)")]
    [InlineData("Windows Server Version 20H2 Datacenter Edition", null)]
    [InlineData("Windows 10 64 bit", null)]
    [InlineData("Kylin V10 64 bit", "Kylin V10 SP (server)")]
    [InlineData("openEuler 22.03 LTS SP3", "openEuler 22.03 LTS")]
    [InlineData("Gentoo 13 64 bit", "Gentoo rolling")]
    [InlineData("Others Linux 64 bit", null)]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("Ubuntu 99999999999999999999999.04", null)]
    public void By_its_name(string osName, string? row) => Assert.Equal(row, Lifecycles.Of(Some.Image(osName: osName))?.Name);

    [Theory]
    [InlineData("ubuntu_18_04_x64_20G_alibase_20230727.vhd", "Ubuntu 18.04")]
    [InlineData("ubuntu_14_0405_64_20G_alibase_20170824.vhd", "Ubuntu 14.04")]
    [InlineData("ubuntu_24_10_x64_20G_alibase_20250101.vhd", null)]
    [InlineData("centos5u4_32_20G_alibase_20131121.vhd", "CentOS 5")]
    [InlineData("centos_stream_9_x64_20G_alibase_20260616.vhd", "CentOS Stream 9")]
    [InlineData("win2012r2_9600_x64_dtc_en-us_40G_alibase_20210516.vhd", "Windows Server 2012 R2")]
    [InlineData("win2008_32_std_sp2_zh-cn_40G_alibase_20190517.vhd", "Windows Server 2008 SP2")]
    [InlineData("wincore_20h2_x64_dtc_en-us_40G_alibase_20210516.vhd", null)]
    [InlineData("aliyun_3_9_x64_20G_alibase_20231219.vhd", "Alibaba Cloud Linux 3")]
    [InlineData("aliyun_2_1903_x64_20G_alibase_20240628.vhd", "Alibaba Cloud Linux 2")]
    [InlineData("sles_15_sp2_x64_20G_alibase_20201228.vhd", "SUSE Linux Enterprise Server 15 SP2")]
    [InlineData("lifsea_3_x64_5G_alibase_20260519.qcow2", "LifseaOS (ContainerOS) 3")]
    [InlineData("m-bp1centos7", null)]
    [InlineData("window_7", null)]
    public void By_the_id_of_a_public_image_that_may_be_gone(string id, string? row) => Assert.Equal(row, Lifecycles.OfImageId(id)?.Name);

    [Fact]
    public void By_its_platform_if_the_name_says_less()
    {
        var image = Some.Image(osName: "Windows Server 64 bit") with { Platform = "Windows Server 2022" };
        Assert.Equal("Windows Server 2022", Lifecycles.Of(image)?.Name);
        Assert.Equal("Windows Server 2022", Lifecycles.Of(image with { OSName = null })?.Name);
    }

    [Fact]
    public void A_platform_does_not_overrule_a_version_that_the_name_says() =>
        Assert.Null(Lifecycles.Of(Some.Image(osName: "Windows Server Version 20H2") with { Platform = "Windows Server 2019" }));

    [Fact]
    public void By_the_family_of_a_public_image_but_not_by_ones_own()
    {
        var image = Some.Image(osName: null);
        Assert.Equal("Ubuntu 22.04", Lifecycles.Of(image with { Family = "acs:ubuntu_22_04_x64" })?.Name);
        Assert.Null(Lifecycles.Of(image with { Family = "ubuntu_22_04" }));
        Assert.Null(Lifecycles.Of(image with { Name = "ubuntu 22.04" }));
        Assert.Null(Lifecycles.Of(image with { OSName = "Debian 64 bit", Family = "acs:ubuntu_22_04_x64" }));
    }

    [Theory]
    [InlineData("20.04", "Ubuntu 20.04")]
    [InlineData("Ubuntu 22.04.5 LTS", "Ubuntu 22.04")]
    [InlineData("23.10", null)]
    public void Rule_87_an_imported_image_by_what_its_check_found(string found, string? row) => Assert.Equal(row, Lifecycles.Of(Some.Imported("Ubuntu 64 bit") with
    {
        Platform = "Ubuntu",
        Tags = new Dictionary<string, string> { ["acs:ecs:image:osVersion"] = found },
    })?.Name);

    [Fact]
    public void Every_version_is_found_by_its_own_name() =>
        Assert.All(Lifecycles.All, static r => Assert.Same(r, Lifecycles.OfText(r.Name)));

    [Fact]
    public void Whatever_an_image_says_is_read()
    {
        var random = new Random(20261123);
        const string letters = " ._-v0123456789ubuntcos7RSP()位\t";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(24)).Select(_ => letters[random.Next(letters.Length)])]);
            _ = Lifecycles.Of(Some.Image(osName: $"{(i % 2 == 0 ? "Ubuntu " : "")}{text}"));
        }
    }

    [Fact]
    public void An_end_of_life_is_a_property_and_unknown_without_a_lifecycle()
    {
        Assert.Equal(new DateOnly(2024, 6, 30), Some.Image(osName: "CentOS 7.9 64 bit").EndOfLife);
        Assert.Null(Some.Image(osName: "Others Linux").EndOfLife);
        Assert.Null(Some.Image(osName: "Alibaba Cloud Linux 4 LTS 64 bit").EndOfLife);
    }
}
