using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class ErrorTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Theory]
    [InlineData("$instance | New-EcsCustomImage -Name base -ClientToken name-is-the-services-to-judge", "InvalidImageName.Duplicated", ErrorCategory.ResourceExists, "Get-EcsImage -Name")]
    [InlineData("$image | Add-EcsImageShare -AccountId 1234567890123456", "InvalidAccount.NotFound", ErrorCategory.ObjectNotFound, "16 digits")]
    [InlineData("$instance | Remove-EcsInstance -Confirm:$false", "IncorrectInstanceStatus", ErrorCategory.ResourceBusy, "Stop-EcsInstance")]
    [InlineData("Get-EcsImage -RegionId cn-nowhere", "InvalidRegionId.NotFound", ErrorCategory.ObjectNotFound, "Get-EcsRegion")]
    [InlineData("Get-EcsImage m-missing -RegionId cn-nowhere", "InvalidRegionId.NotFound", ErrorCategory.ObjectNotFound, "Get-EcsRegion")]
    [InlineData("Wait-EcsImage m-missing -RegionId cn-nowhere", "InvalidRegionId.NotFound", ErrorCategory.ObjectNotFound, "Get-EcsRegion")]
    public void An_error_of_the_service_has_its_code_a_category_advice_and_the_RequestId(string script, string code, ErrorCategory category, string advice)
    {
        var error = Assert.Single(_shell.Try(script).Errors);
        Assert.Equal((code, category), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(advice, error.Advice(), StringComparison.Ordinal);
        Assert.Matches(@"RequestId [0-9A-F]{8}-", error.Text());
        Assert.NotNull(error.TargetObject);
    }

    [Theory]
    [InlineData("Get-EcsImage m-missing", "InvalidImageId.NotFound")]
    [InlineData("Set-EcsImage m-missing -Name other", "InvalidImageId.NotFound")]
    [InlineData("Copy-EcsImage m-missing cn-beijing", "InvalidImageId.NotFound")]
    [InlineData("Get-EcsImageShare m-missing", "InvalidImageId.NotFound")]
    [InlineData("New-EcsInstance m-missing ecs.g7.large", "InvalidImageId.NotFound")]
    [InlineData("Get-EcsInstance i-missing", "InvalidInstanceId.NotFound")]
    [InlineData("New-EcsCustomImage i-missing some-name", "InvalidInstanceId.NotFound")]
    [InlineData("New-EcsCustomImage i-missing some-name -SystemDiskOnly", "InvalidInstanceId.NotFound")]
    [InlineData("Get-EcsDisk d-missing", "InvalidDiskId.NotFound")]
    [InlineData("New-EcsSnapshot d-missing", "InvalidDiskId.NotFound")]
    [InlineData("Get-EcsSnapshot s-missing", "InvalidSnapshotId.NotFound")]
    [InlineData("New-EcsCustomImage -SnapshotId s-missing -Name some-name", "InvalidSnapshotId.NotFound")]
    public void An_exact_id_that_does_not_exist_is_a_non_terminating_error(string script, string code)
    {
        var run = _shell.Try($"{script}; 'went on'");
        var error = Assert.Single(run.Errors);
        Assert.Equal((code, ErrorCategory.ObjectNotFound), (error.Code(), error.CategoryInfo.Category));
        Assert.EndsWith("-missing", error.TargetObject.ToString(), StringComparison.Ordinal);
        Assert.Equal("went on", Assert.Single(run.Output).ToString());
    }

    [Theory]
    [InlineData("Get-EcsImage -Name none*")]
    [InlineData("Get-EcsImage -Family none*")]
    [InlineData("Get-EcsImage -Tag @{ none = 'x' }")]
    [InlineData("Get-EcsInstance -Name none*")]
    [InlineData("Get-EcsDisk -Name none*")]
    [InlineData("Get-EcsSnapshot -Name none*")]
    [InlineData("Get-EcsInstanceType none*")]
    [InlineData("Get-EcsRegion none*")]
    [InlineData("Get-EcsContext none*")]
    public void A_wildcard_or_filter_that_matches_nothing_is_empty(string script) => Assert.Empty(_shell.Run(script));

    [Theory]
    [InlineData("Get-EcsImage -Name 'base['")]
    [InlineData("Get-EcsInstance -Name 'base['")]
    [InlineData("Get-EcsInstanceType 'ecs.['")]
    [InlineData("Get-EcsRegion 'cn-['")]
    [InlineData("Get-EcsContext 'u['")]
    public void A_bracket_that_is_not_closed_is_said_to_be_one(string script)
    {
        var error = Assert.Single(_shell.Try(script).Errors);
        Assert.Equal(("InvalidPattern", ErrorCategory.InvalidArgument), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("bracket", error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_that_cannot_be_one_is_one_error_of_its_item()
    {
        var run = _shell.Try("Get-EcsImage -RegionId 'no/where', cn-hangzhou -Name base; Wait-EcsImage m-1 -RegionId 'no where'");
        Assert.Equal("base", Assert.Single(run.Output).Name);
        Assert.Equal(["InvalidRegionId.NotFound", "InvalidRegionId.NotFound"], run.Errors.Select(static e => e.Code()));
        Assert.Equal(["no/where", "m-1"], run.Errors.Select(static e => e.TargetObject));
    }

    [Fact]
    public void Nothing_to_change_is_said_before_anything_is_read()
    {
        var run = _shell.Try("$image | Set-EcsImage -Verbose");
        var error = Assert.Single(run.Errors);
        Assert.Equal("NothingToChange", error.Code());
        Assert.Contains("-BootMode", error.Advice(), StringComparison.Ordinal);
        Assert.Empty(run.Verbose);
    }

    [Theory]
    [InlineData("'a b'")]
    [InlineData("''")]
    public void An_account_name_that_is_none_is_not_called_an_endpoint(string name)
    {
        var error = _shell.Error($"Connect-EcsAccount -Local -Path $folder -Account {name}");
        Assert.NotEqual("InvalidEndpoint", error.Code());
        Assert.Equal("us", _shell.Text("(Get-EcsContext).Name"));
    }
}
