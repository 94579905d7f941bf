using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

public sealed class ImageKnowledgeTests
{
    [Fact]
    public void After_the_end_it_says_what_is_left_and_what_to_move_to()
    {
        var support = ImageKnowledge.SupportOf(Some.Image(osName: "Ubuntu 18.04 64 bit", id: "ubuntu_18_04_x64_20G_alibase_20240223.vhd"));
        Assert.Equal(("Nobody", EcsOSPhase.ExtensionOnly, "Ubuntu 26.04"), (support.SupportedBy, support.Phase, support.Successor));
        Assert.Equal(-1272, support.DaysLeft);
        Assert.Contains("There is Expanded Security Maintenance of Canonical (Ubuntu Pro), paid, until 2028-04-01.", support.Afterwards, StringComparison.Ordinal);
        Assert.Contains("Find-EcsImage -ReplacementFor ubuntu_18_04_x64_20G_alibase_20240223.vhd -RegionId cn-hangzhou", support.Afterwards, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Windows Server 2022 Datacenter Edition 64 bit", "By 2031-10-14 move to Windows Server 2025")]
    [InlineData("Windows Server 2016 Datacenter Edition 64 bit", "After its end there is Extended Security Updates of Microsoft, paid, until 2030-01-12.")]
    [InlineData("CentOS 7.9 64 bit", "Move to Alibaba Cloud Linux 3 or Anolis OS 8.10 or Rocky Linux 9")]
    [InlineData("Ubuntu 26.04 64 bit", "newest version")]
    [InlineData("FreeBSD 13.0 64 bit", "FreeBSD project")]
    [InlineData("Others Linux 64 bit", "not known")]
    [InlineData("Alibaba Cloud Linux 4 LTS 64 bit", "not published")]
    public void There_is_always_something_to_say_about_afterwards(string os, string said) =>
        Assert.Contains(said, ImageKnowledge.SupportOf(Some.Image(osName: os)).Afterwards, StringComparison.Ordinal);

    [Fact]
    public void A_lifecycle_that_is_not_known_still_names_the_image()
    {
        var row = ImageKnowledge.LifecycleOf(Some.Image(osName: "Others Linux 64 bit", id: "m-1"));
        Assert.Equal(("Others Linux 64 bit", "m-1", "cn-hangzhou", "1000"), (row.Name, row.ImageId, row.RegionId, row.ContextAccountId));
        Assert.Equal((EcsOSPhase.Unknown, null, null), (row.Phase, row.EndOfLife, row.DaysLeft));
    }
}
