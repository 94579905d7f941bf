namespace EcsImages.PowerShell.Tests;

public sealed class ImageRegionTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private const string Old = "aliyun_3_x64_20G_alibase_20210425.vhd";

    // The catalog has this one in some regions only.
    private const string Anolis = "anolisos_8_2_x64_20G_rhck_alibase_20210529.vhd";

    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void A_public_image_is_told_for_every_region_in_its_order()
    {
        Assert.Equal(_shell.Texts("(Get-EcsRegion).RegionId"), _shell.Texts($"(Get-EcsImageRegion {Anolis}).RegionId"));
        Assert.Equal(["cn-beijing True Same", "cn-shanghai False None"],
            _shell.Texts($"Get-EcsImageRegion {Anolis} -RegionId cn-beijing, cn-shanghai | ForEach-Object {{ \"$($_.RegionId) $($_.Available) $($_.Match)\" }}"));
    }

    [Fact]
    public void An_image_is_found_wherever_it_lives()
    {
        _shell.Run("$far = $image | Copy-EcsImage -DestinationRegionId ap-southeast-1 -Name far -Wait");
        Assert.Equal("ap-southeast-1", _shell.Text("(Get-EcsImageRegion $far.ImageId | Where-Object Match -eq Same).RegionId"));
    }

    [Fact]
    public void Copies_are_found_from_the_image_and_from_each_other_and_can_be_piped_on()
    {
        _shell.Run("$several = New-EcsCustomImage -InstanceId $instance.InstanceId -Name several -Wait; $copies = $several | Copy-EcsImage -DestinationRegionId cn-beijing, cn-qingdao -Wait");
        foreach (var from in new[] { "$several", "$copies[0]", "$copies[1]" })
            Assert.Equal(_shell.Texts("@($several) + $copies | ForEach-Object ImageId").Order(), _shell.Texts($"{from} | Get-EcsImageRegion | Where-Object Available | Get-EcsImage | ForEach-Object ImageId").Order());
        Assert.Equal("Copy Same", _shell.Text("\"$($several | Get-EcsImageRegion -RegionId cn-beijing, cn-hangzhou | ForEach-Object Match)\""));
    }

    [Fact]
    public void A_copy_that_is_under_way_is_there_but_not_available()
    {
        using var shell = OnceSlow();
        shell.Run("$null = $image | Copy-EcsImage -DestinationRegionId cn-shenzhen");
        Assert.Equal("Copy False", shell.Text("Get-EcsImageRegion $image.ImageId -RegionId cn-shenzhen | ForEach-Object { \"$($_.Match) $($_.Available)\" }"));
    }

    [Fact]
    public void A_region_that_is_piped_to_a_named_image_is_looked_in() =>
        Assert.Equal(["cn-beijing"], _shell.Texts($"Get-EcsRegion cn-beijing | Get-EcsImageRegion {Old} | ForEach-Object RegionId"));

    [Fact]
    public void A_Marketplace_image_is_where_it_was_released() => Assert.Equal(["cn-hangzhou", "ap-southeast-1"],
        _shell.Texts("Get-EcsImage -ImageType Marketplace -Name LAMP* | Get-EcsImageRegion | Where-Object Available | ForEach-Object RegionId"));

    [Fact]
    public void A_row_without_an_image_is_one_error_when_piped_on_and_the_others_go_on()
    {
        var run = _shell.Try($"Get-EcsImageRegion {Anolis} -RegionId cn-shanghai, cn-beijing | Get-EcsImage");
        Assert.Equal("cn-beijing", Assert.Single(run.Output).RegionId);
        Assert.Single(run.Errors);
    }

    [Fact]
    public void A_region_that_fails_is_one_error_and_loses_nothing_of_the_others()
    {
        var run = _shell.Try($"Get-EcsImageRegion {Old} -RegionId cn-shanghai, cn-nowhere, cn-beijing");
        Assert.Equal(["cn-shanghai", "cn-beijing"], run.Output.Select(static r => (string)r.RegionId));
        Assert.Equal("cn-nowhere", Assert.Single(run.Errors).TargetObject);
    }

    [Theory]
    [InlineData("m-missing", false)]
    [InlineData("ubuntu_10_04_x64_20G_alibase_20120101.vhd", true)]
    public void An_image_that_is_nowhere_is_an_error_that_knows_of_successors(string id, bool hasSuccessor)
    {
        var error = _shell.Error($"Get-EcsImageRegion {id}");
        Assert.Equal("InvalidImageId.NotFound", error.Code());
        Assert.Equal(hasSuccessor, error.Text().Contains("-ReplacementFor", StringComparison.Ordinal));
    }

    [Fact]
    public void A_family_alone_is_resolved_by_the_service_in_two_small_calls()
    {
        var run = _shell.Try("Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest -Verbose");
        Assert.Equal("ubuntu_24_04_x64_20G_alibase_20260828.vhd", Assert.Single(run.Output).ImageId);
        Assert.Equal(["DescribeImageFromFamily", "DescribeImages"], run.Verbose.Select(static v => v.Split(' ')[0]));
        Assert.Empty(_shell.Run("Get-EcsImage -Family acs:no_such_family -Latest"));
    }

    [Fact]
    public void The_newest_of_ones_own_family_may_still_be_under_way()
    {
        using var shell = OnceSlow();
        shell.Run("$null = New-EcsCustomImage -InstanceId $instance.InstanceId -Name growing -Family growing");
        Assert.Equal("Creating", shell.Text("(Get-EcsImage -Family growing -Latest).Status"));
    }

    // With an image, and with all that is begun from now on lasting long.
    private static TestShell OnceSlow()
    {
        var shell = new TestShell(speed: 10_000);
        shell.MakeImage();
        shell.Run("$null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.01");
        return shell;
    }
}
