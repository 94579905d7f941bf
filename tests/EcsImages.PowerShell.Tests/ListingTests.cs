namespace EcsImages.PowerShell.Tests;

public sealed class ListingTests
{
    [Fact]
    public void A_region_piped_to_Get_EcsImage_lists_the_images_of_that_region()
    {
        using var shell = new TestShell();
        var regions = shell.Run("Get-EcsRegion cn-beijing | Get-EcsImage -OSType windows | ForEach-Object RegionId");
        Assert.NotEmpty(regions);
        Assert.All(regions, region => Assert.Equal("cn-beijing", (string)region.ToString()));
    }

    [Fact]
    public void An_exact_id_that_does_not_exist_is_an_error_and_the_others_are_still_found()
    {
        using var shell = new TestShell();
        var run = shell.Try("'m-doesnotexist', 'aliyun_3_x64_20G_alibase_20260513.vhd' | Get-EcsImage");
        Assert.Equal("aliyun_3_x64_20G_alibase_20260513.vhd", Assert.Single(run.Output).ImageId);
        var error = Assert.Single(run.Errors);
        Assert.Equal("InvalidImageId.NotFound", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(System.Management.Automation.ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("m-doesnotexist", error.TargetObject);
    }

    [Fact]
    public void A_wildcard_that_matches_nothing_is_an_empty_result()
    {
        using var shell = new TestShell();
        Assert.Empty(shell.Run("Get-EcsImage -Name nothing-like-this-*"));
    }

    [Fact]
    public void Without_credentials_a_cmdlet_says_so_and_what_to_do()
    {
        using var shell = new TestShell(connect: false);
        using var home = new EmptyHome();
        var error = shell.Error("Get-EcsImage");
        Assert.Equal("NoCredentials", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("Connect-EcsAccount", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_name_that_is_taken_is_told_before_anything_is_created()
    {
        using var shell = new TestShell();
        shell.MakeImage("taken");
        var before = shell.Run("Get-EcsSnapshot").Count;
        var run = shell.Try("New-EcsCustomImage $instance.InstanceId -Name taken -SystemDiskOnly -Verbose");
        var error = Assert.Single(run.Errors);
        Assert.Equal("InvalidImageName.Duplicated", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(System.Management.Automation.ErrorCategory.ResourceExists, error.CategoryInfo.Category);
        Assert.DoesNotContain(run.Verbose, static line => line.StartsWith("CreateSnapshot", StringComparison.Ordinal) || line.StartsWith("CreateImage", StringComparison.Ordinal));
        Assert.Equal(before, shell.Run("Get-EcsSnapshot").Count);
    }
}
