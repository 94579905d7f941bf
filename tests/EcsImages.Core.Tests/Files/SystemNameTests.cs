using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Disks.Inspection.Systems;

namespace EcsImages.Core.Tests.Files;

/// <summary>What systems say of themselves in os-release, as their releases have it.</summary>
public sealed class SystemNameTests
{
    [Theory]
    [InlineData("NAME=\"Alibaba Cloud Linux\"\nVERSION=\"3 (Soaring Falcon)\"\nID=\"alinux\"\nVERSION_ID=\"3\"\nPRETTY_NAME=\"Alibaba Cloud Linux 3 (Soaring Falcon)\"", "Aliyun", "3")]
    [InlineData("NAME=\"CentOS Linux\"\nID=\"centos\"\nVERSION_ID=\"7\"\nPRETTY_NAME=\"CentOS Linux 7 (Core)\"", "CentOS", "7")]
    [InlineData("NAME=\"CentOS Stream\"\nID=\"centos\"\nVERSION_ID=\"8\"\nPRETTY_NAME=\"CentOS Stream 8\"", "CentOS Stream", "8")]
    [InlineData("NAME=\"CentOS Stream\"\nID=\"centos\"\nVERSION_ID=\"9\"\nPRETTY_NAME=\"CentOS Stream 9\"", "CentOS Stream", "9")]
    [InlineData("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian", "Debian", "12")]
    [InlineData("NAME='Rocky Linux'\nID='rocky'\nVERSION_ID='9.4'\nPRETTY_NAME='Rocky Linux 9.4 (Blue Onyx)'", "Rocky Linux", "9.4")]
    [InlineData("NAME=\"AlmaLinux\"\nID=\"almalinux\"\nVERSION_ID=\"9.4\"\nPRETTY_NAME=\"AlmaLinux 9.4 (Seafoam Ocelot)\"", "AlmaLinux", "9.4")]
    [InlineData("NAME=\"Red Hat Enterprise Linux\"\nID=\"rhel\"\nVERSION_ID=\"9.3\"\nPRETTY_NAME=\"Red Hat Enterprise Linux 9.3 (Plow)\"", "RedHat", "9.3")]
    [InlineData("NAME=\"SLES\"\nID=\"sles\"\nVERSION_ID=\"15.5\"\nPRETTY_NAME=\"SUSE Linux Enterprise Server 15 SP5\"", "SUSE", "15.5")]
    [InlineData("# a comment\r\nNAME=\"Ubuntu\"\r\nID=ubuntu\r\nVERSION_ID=\"22.04\"\r\n", "Ubuntu", "22.04")]
    public void The_names_of_systems_lead_to_platforms_and_dates(string text, string platform, string version)
    {
        var release = OSRelease.Parse(text)!;
        Assert.Equal((platform, version), (Platforms.Of(release), release.Version));
        var disk = Candidate.Linux with { OSId = release.Id, OSName = release.Name, OSVersion = release.Version, Platform = platform };
        var rule = Candidate.Of(disk).Rule("EndOfLife");
        Assert.True(rule.Reason.Contains(" on ", StringComparison.Ordinal) || rule.Reason.Contains(" until ", StringComparison.Ordinal), rule.ToString());
    }

    [Theory]
    [InlineData("NAME=Fedora\nID=fedora\nVERSION_ID=40\nVARIANT_ID=coreos", "Fedora CoreOS")]
    [InlineData("NAME=Fedora\nID=fedora\nVERSION_ID=40", "Fedora")]
    [InlineData("NAME=openSUSE\nID=opensuse-leap\nVERSION_ID=15.6", "OpenSUSE")]
    [InlineData("NAME=\"Anolis OS\"\nID=\"anolis\"\nVERSION_ID=\"8.9\"", "Anolis")]
    [InlineData("NAME=Void\nID=void", null)]
    public void A_platform_is_the_name_that_the_service_has_and_none_where_it_has_none(string text, string? platform) => Assert.Equal(platform, Platforms.Of(OSRelease.Parse(text)!));

    [Theory]
    [InlineData("")]
    [InlineData("=\n===\nVERSION_ID=9\n\"")]
    public void What_names_no_system_is_none(string text) => Assert.Null(OSRelease.Parse(text));

    [Theory]
    [InlineData("/dev/sda1 / ext4 defaults 0 1", true, false)]
    [InlineData("/dev/vdb /data xfs defaults,nofail 0 0", true, true)]
    [InlineData("/dev/mapper/vg-root / xfs defaults 0 0", false, false)]
    [InlineData("/dev/disk/by-uuid/abc / xfs noauto 0 0", false, true)]
    [InlineData("UUID=\"ABCD-1234\"\t/boot/efi\tvfat", false, false)]
    public void A_line_of_fstab_tells_whether_it_depends_on_the_order_of_disks(string line, bool namesDevice, bool isOptional)
    {
        var entry = Assert.Single(FstabEntry.Parse($"# comment\n\n{line}\n"));
        Assert.Equal((namesDevice, isOptional), (entry.NamesDevice, entry.IsOptional));
    }

    [Theory]
    [InlineData("/dev/vda2", true)]
    [InlineData("/dev/sda2", true)]
    [InlineData("/dev/nvme0n1p2", true)]
    [InlineData("/dev/vdb2", false)]
    [InlineData("/dev/vda12", false)]
    [InlineData("/dev/nvme1n1p2", false)]
    [InlineData("LABEL=root", true)]
    [InlineData("UUID=2F0E9C5E-0b9a-4d55-8d0e-8a2a3d9e7a11", true)]
    [InlineData("PARTLABEL=root", false)]
    [InlineData("UUID=", false)]
    public void A_line_of_fstab_finds_its_partition(string device, bool isIt) => Assert.Equal(isIt, new FstabEntry(device, "/", "ext4", "defaults").Means(Candidate.Root));
}
