namespace EcsImages.PowerShell.Tests;

public sealed class FilterTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Theory]
    [InlineData("-Name base", "$_.Name -eq 'base'")]
    [InlineData("-Name 'b[ab]s?'", "$_.Name -eq 'base'")]
    [InlineData("-Name *ali*, base", "$_.Name -like '*ali*' -or $_.Name -eq 'base'")]
    [InlineData("-ImageType Public", "$_.ImageType -eq 'Public'")]
    [InlineData("-Owner self", "$_.ImageType -eq 'Custom'")]
    [InlineData("-ImageType Marketplace, Community", "$_.ImageType -in 'Marketplace', 'Community'")]
    [InlineData("-Family acs:ubuntu*", "$_.Family -like 'acs:ubuntu*'")]
    [InlineData("-OSType windows", "$_.OSType -eq 'windows'")]
    [InlineData("-Platform *ubuntu*", "$_.Platform -like '*ubuntu*'")]
    [InlineData("-Architecture arm64", "$_.Architecture -eq 'arm64'")]
    [InlineData("-Usage instance", "$_.Usage -eq 'instance'")]
    [InlineData("-Status Available", "$_.Status -eq 'Available'")]
    [InlineData("-InstanceType ecs.g7.large", "$_.Architecture -eq 'x86_64'")]
    public void Each_filter_gives_some_images_and_only_such(string filter, string holds)
    {
        Assert.NotEmpty(_shell.Run($"Get-EcsImage {filter}"));
        Assert.Empty(_shell.Run($"Get-EcsImage {filter} | Where-Object {{ -not ({holds}) }}"));
    }

    [Fact]
    public void Own_images_come_first_and_public_ones_last() =>
        Assert.Equal("Custom Public", _shell.Text("$all = Get-EcsImage; \"$($all[0].ImageType) $($all[-1].ImageType)\""));

    [Fact]
    public void Regions_come_in_the_order_asked_for()
    {
        Assert.Equal(["cn-shanghai", "cn-beijing"], _shell.Texts("Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest -RegionId cn-shanghai, cn-beijing | ForEach-Object RegionId"));
        Assert.Equal(_shell.Texts("(Get-EcsRegion).RegionId"), _shell.Texts("Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest -AllRegion | ForEach-Object RegionId"));
    }

    [Fact]
    public void A_tag_is_found_by_its_value_or_by_any()
    {
        _shell.Run("$null = $image | Add-EcsImageTag -Tag @{ team = 'web'; n = 7; empty = $null }");
        foreach (var tag in new[] { "team = 'web'", "team = $null", "n = 7", "n = '7'; team = 'web'" })
            Assert.Equal("base", Assert.Single(_shell.Run($"Get-EcsImage -ImageType Custom -Tag @{{ {tag} }}")).Name);
        Assert.Empty(_shell.Run("Get-EcsImage -ImageType Custom -Tag @{ team = 'other' }"));
        Assert.Equal("InvalidTag", _shell.Error("Get-EcsImage -Tag @{ team = 'a', 'b' }").Code());
    }

    [Theory]
    [InlineData("40GB", "Write 40")]
    [InlineData("1GB", "Write 1,")]
    [InlineData("'40 GiB'", "Write 40")]
    [InlineData("0", "whole GiB")]
    [InlineData("40.5", "whole GiB")]
    [InlineData("-1", "whole GiB")]
    [InlineData("'big'", "not a size")]
    public void A_size_that_is_none_in_whole_GiB_is_refused_with_what_to_write(string size, string advice)
    {
        Assert.Contains(advice, _shell.Error($"New-EcsInstance $public ecs.g7.large -SizeGiB {size}").Text(), StringComparison.Ordinal);
        Assert.Contains(advice, _shell.Error($"New-EcsInstance $public ecs.g7.large -DataDisk @{{ SizeGiB = {size} }}").Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ SizeGiB = 20; Encrypted = 'maybe' }", "Encrypted")]
    [InlineData("@{ Size = 20 }", "'Size'")]
    public void A_disk_with_an_unknown_key_or_value_is_refused_by_name(string disk, string named)
    {
        var error = _shell.Error($"New-EcsInstance $public ecs.g7.large -DataDisk {disk}");
        Assert.Equal("InvalidDiskMapping", error.Code());
        Assert.Contains(named, error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_may_be_a_text_and_a_flag_the_text_false()
    {
        _shell.Run("$sized = New-EcsInstance $public ecs.g7.large -SizeGiB '50' -DataDisk @{ SizeGiB = 20; Encrypted = 'false' } -Wait");
        Assert.Equal(["20 False", "50 False"], _shell.Texts("$sized | Get-EcsDisk | ForEach-Object { \"$($_.SizeGiB) $($_.IsEncrypted)\" }").Order());
    }
}
