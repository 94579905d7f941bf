using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class QuotaTests : IDisposable
{
    private readonly TestShell _shell = new(speed: 10_000);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Both_quotas_show_what_there_may_be_is_and_is_left()
    {
        _shell.MakeImage();
        Assert.Equal(["CustomImage 100 1 99 True", "SharedAccountPerImage 50   True"],
            _shell.Texts("Get-EcsImageQuota | ForEach-Object { \"$($_.Name) $($_.Total) $($_.Used) $($_.Left) $($_.Adjustable)\" }"));
        Assert.Equal("q_user-image-count cn-beijing 101 1000", _shell.Text(
            "Get-EcsImageQuota customimage -RegionId cn-beijing | ForEach-Object { \"$($_.QuotaActionCode) $($_.RegionId) $($_.ApplicableRange[0]) $($_.ApplicableRange[-1])\" }"));
    }

    [Fact]
    public void All_regions_are_shown_in_their_order()
    {
        var regions = _shell.Texts("(Get-EcsImageQuota -Name CustomImage -AllRegion).RegionId");
        Assert.Equal(_shell.Texts("(Get-EcsRegion).RegionId"), regions);
        Assert.True(regions.Length > 20);
    }

    [Fact]
    public void An_image_from_the_pipeline_shows_with_how_many_more_accounts_it_can_be_shared()
    {
        _shell.MakeImage();
        _shell.Run("""
            $friend = Connect-EcsAccount -Local -Path $folder -Account friend -RegionId cn-hangzhou
            $null = Disconnect-EcsAccount $friend; $null = $image | Add-EcsImageShare -AccountId $friend.AccountId
            """);
        Assert.Equal("SharedAccountPerImage 50 1 49 True", _shell.Text(
            "$image | Get-EcsImageQuota | ForEach-Object { \"$($_.Name) $($_.Total) $($_.Used) $($_.Left) $($_.ImageId -eq $image.ImageId)\" }"));
        Assert.Equal("OneRegionOnly", _shell.Error("$image | Get-EcsImageQuota -AllRegion").Code());
        Assert.Equal("InvalidImageId.NotFound", _shell.Error("Get-EcsImageQuota -ImageId m-none").Code());
    }

    [Theory]
    [InlineData("Get-EcsImageQuota Images")]
    [InlineData("Request-EcsImageQuota Images -Total 200 -Reason more")]
    public void A_wrong_name_is_answered_with_the_known_ones(string script)
    {
        var error = _shell.Error(script);
        Assert.Equal(("QUOTA.NOT.FOUND", ErrorCategory.ObjectNotFound, "Images"), (error.Code(), error.CategoryInfo.Category, error.TargetObject));
        Assert.Contains("CustomImage (q_user-image-count) and SharedAccountPerImage", error.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-EcsImageQuota CustomImage -RegionId cn-nowhere")]
    [InlineData("Get-EcsImageQuota q_no-such-quota")]
    public void What_the_service_does_not_know_is_its_own_error(string script)
    {
        var error = _shell.Error(script);
        Assert.Equal(("QUOTA.NOT.FOUND", ErrorCategory.ObjectNotFound), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("Get-EcsRegion", error.Advice(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_region_that_fails_loses_nothing_of_the_others()
    {
        var run = _shell.Try("Get-EcsImageQuota CustomImage -RegionId cn-nowhere, cn-beijing");
        Assert.Equal("cn-beijing", Assert.Single(run.Output).RegionId);
        Assert.Single(run.Errors);
    }

    [Fact]
    public void More_is_granted_and_waited_for()
    {
        var granted = _shell.Run("Request-EcsImageQuota CustomImage -Total 200 -Reason 'Nightly builds' -Wait -TimeoutSec 60")[0];
        Assert.Equal(("Agree", 100L, 200L, 200L, "Nightly builds", "cn-hangzhou"),
            ((string)granted.Status, (long)granted.Previous, (long)granted.Requested, (long)granted.Approved, (string)granted.Reason, (string)granted.RegionId));
        Assert.Equal("200", _shell.Text("(Get-EcsImageQuota CustomImage).Total"));
        Assert.Equal("100", _shell.Text("(Get-EcsImageQuota CustomImage -RegionId cn-beijing).Total"));
    }

    [Fact]
    public void Several_regions_are_asked_for_from_the_pipeline()
    {
        _shell.Run("$null = Get-EcsImageQuota CustomImage -RegionId cn-hangzhou, cn-beijing | Request-EcsImageQuota -Total 300 -Reason more -Wait");
        Assert.Equal(["300", "300"], _shell.Texts("(Get-EcsImageQuota CustomImage -RegionId cn-hangzhou, cn-beijing).Total"));
    }

    [Theory]
    [InlineData("Request-EcsImageQuota CustomImage -Total 100 -Reason more", "QUOTA.DESIREVALUE.ILLEGAL", "is 100 already")]
    [InlineData("Request-EcsImageQuota CustomImage -Total 5000 -Reason more", "QUOTA.DESIREVALUE.ILLEGAL", "101 to 1000")]
    [InlineData("Request-EcsImageQuota CustomImage -Total 200 -Reason ' '", "EmptyReason", "-Reason")]
    public void What_the_service_would_refuse_is_told_before(string script, string code, string words)
    {
        var run = _shell.Try(script + " -Verbose");
        var error = Assert.Single(run.Errors);
        Assert.Equal((code, ErrorCategory.InvalidArgument), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(words, error.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Verbose, static v => v.StartsWith("CreateQuotaApplication", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_application_waits_for_the_first_and_none_goes_beyond_the_most()
    {
        // At this speed nothing is decided while the test runs.
        _shell.Run("$null = Connect-EcsAccount -Local -Path $folder -Account slow -RegionId cn-hangzhou -Speed 0.001");
        Assert.Equal("Process", _shell.Text("(Request-EcsImageQuota CustomImage -Total 200 -Reason more).Status"));
        Assert.Equal("False applicationProcess", _shell.Text("Get-EcsImageQuota CustomImage | ForEach-Object { \"$($_.Adjustable) $($_.Reason)\" }"));
        var error = _shell.Error("Request-EcsImageQuota CustomImage -Total 300 -Reason more");
        Assert.Equal(("QUOTA.APPLICATION.PROCESS", ErrorCategory.ResourceBusy), (error.Code(), error.CategoryInfo.Category));
        var late = _shell.Error("Request-EcsImageQuota SharedAccountPerImage -Total 60 -Reason more -Wait -TimeoutSec 1");
        Assert.Equal("WaitTimedOut", late.Code());
        Assert.Contains("Get-EcsImageQuota q_user-per-image-shared-user-count -RegionId cn-hangzhou", late.Advice(), StringComparison.Ordinal);
        _shell.Run("$null = Connect-EcsAccount -Local -Path $folder -Account full -RegionId cn-hangzhou -Speed 1000; $null = Request-EcsImageQuota CustomImage -Total 1000 -Reason more -Wait");
        var full = _shell.Error("Request-EcsImageQuota CustomImage -Total 1001 -Reason more");
        Assert.Equal("QUOTA.NOT.ADJUSTABLE", full.Code());
        Assert.Contains("the most that there can be", full.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_asks_for_nothing_and_says_what_it_would()
    {
        _shell.Run("Request-EcsImageQuota CustomImage -Total 200 -Reason more -WhatIf");
        Assert.Contains(_shell.Host.Lines, static l => l.Contains("CustomImage in cn-hangzhou: 200 instead of 100", StringComparison.Ordinal));
        Assert.Equal("100 True", _shell.Text("Get-EcsImageQuota CustomImage | ForEach-Object { \"$($_.Total) $($_.Adjustable)\" }"));
    }

    [Fact]
    public void Names_and_codes_complete() => Assert.Equal(["CustomImage", "SharedAccountPerImage"],
        _shell.Texts("(TabExpansion2 'Get-EcsImageQuota -Name ' 24).CompletionMatches.CompletionText"));
}
