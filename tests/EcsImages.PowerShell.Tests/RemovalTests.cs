using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class RemovalTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private const int Yes = 0, No = 2;

    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void WhatIf_writes_what_depends_on_the_image_and_deletes_nothing()
    {
        _shell.Run("$one = $instance | New-EcsCustomImage -Name planned -Wait");
        var all = _shell.Run("$one | Remove-EcsImage -WhatIf");
        Assert.Equal(["StaysBilled", "StaysBilled"], all.Select(static d => (string)d.Effect.ToString()));
        Assert.Equal(["Deleted", "Deleted"], _shell.Run("$one | Remove-EcsImage -IncludeSnapshot -WhatIf").Select(static d => (string)d.Effect.ToString()));
        Assert.Contains(_shell.Host.Lines, static l => l.Contains("What if", StringComparison.Ordinal) && l.Contains("Delete image and its snapshots", StringComparison.Ordinal));
        Assert.Single(_shell.Run("$one | Get-EcsImage"));
    }

    [Fact]
    public async Task The_question_tells_what_becomes_of_everything_and_no_is_no()
    {
        _shell.Run("$asked = $instance | New-EcsCustomImage -Name asked -Wait; $of = $asked | New-EcsInstance -InstanceType ecs.g7.large -Name of-asked -Wait; $null = $asked | Copy-EcsImage -DestinationRegionId cn-beijing -Wait");
        await _shell.CallAsync("CreateLaunchTemplate", ("LaunchTemplateName", "asked"), ("ImageId", _shell.Text("$asked")));
        await _shell.CallAsync("CreateImagePipeline", ("BaseImageType", "IMAGE"), ("BaseImage", _shell.Text("$asked")));
        var question = Ask(No, "$asked | Remove-EcsImage -Force");
        foreach (var said in new[] { "asked (m-", "in cn-hangzhou, 40 GiB?", "1 instance of it (i-", "1 launch template with it (asked version 1 (default, latest))", "1 image pipeline on it (ip-", "kept and billed: also needed by d-", "1 copy elsewhere (m-" })
            Assert.Contains(said, question, StringComparison.Ordinal);
        Assert.Single(_shell.Run("$asked | Get-EcsImage"));

        Ask(Yes, "$asked | Remove-EcsImage -Force");
        Assert.Equal("InvalidImageId.NotFound", _shell.Error("$asked | Get-EcsImage").Code());
        Assert.Equal(2, _shell.Run("$of, $instance | Get-EcsInstance").Count);
        Assert.Single(_shell.Run("Get-EcsImage -Name asked -RegionId cn-beijing"));
    }

    [Fact]
    public void Where_nothing_depends_on_it_the_question_says_so()
    {
        _shell.Run("$lonely = $instance | New-EcsCustomImage -Name lonely -SystemDiskOnly -Wait");
        Assert.Contains("1 snapshot, 40 GiB (s-", Ask(No, "$lonely | Remove-EcsImage"), StringComparison.Ordinal);
        Assert.Contains("deleted with it", Ask(No, "$lonely | Remove-EcsImage -IncludeSnapshot"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$instance | New-EcsCustomImage -Name shared-out -SystemDiskOnly -Wait | ForEach-Object { $blocked = $_; $null = $_ | Add-EcsImageShare -AccountId $friend.AccountId }", "ImageUseShared", "it is shared with", "Remove-EcsImageShare")]
    [InlineData("$blocked = $instance | New-EcsCustomImage -Name published -SystemDiskOnly -Wait | Publish-EcsImage -Confirm:$false", "ImageIsPublic", "published to the community", "Unpublish-EcsImage")]
    public void What_Force_cannot_override_is_refused_before_anybody_is_asked(string make, string code, string why, string advice)
    {
        _shell.Run("$friend = Connect-EcsAccount -Local -Path $folder -Account friend -RegionId cn-hangzhou; $null = Disconnect-EcsAccount $friend");
        _shell.Run($"if (-not (Get-EcsImage -Name shared-out) -or '{code}' -ne 'ImageUseShared') {{ {make} }}");
        var error = _shell.Error("$blocked | Remove-EcsImage -Force");
        Assert.Equal((code, ErrorCategory.ResourceBusy), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(why, error.Text(), StringComparison.Ordinal);
        Assert.Contains("-Force does not override", error.Text(), StringComparison.Ordinal);
        Assert.Contains(advice, error.Advice(), StringComparison.Ordinal);

        var shown = _shell.Try("$blocked | Remove-EcsImage -Force -WhatIf");
        Assert.Contains(shown.Output, d => d.RefusalCode == code && d.OverriddenByForce == false);
        Assert.Contains(code, Assert.Single(shown.Warnings), StringComparison.Ordinal);
        // Unattended, the service says the same.
        Assert.Equal(code, _shell.Error("$blocked | Remove-EcsImage -Force -Confirm:$false").Code());
        Assert.Single(_shell.Run("$blocked | Get-EcsImage"));
    }

    [Fact]
    public void An_image_in_use_is_refused_before_anybody_is_asked_and_Force_overrides_that()
    {
        _shell.Run("$busy = $instance | New-EcsCustomImage -Name busy -SystemDiskOnly -Wait; $of = $busy | New-EcsInstance -InstanceType ecs.g7.large -Wait");
        var error = _shell.Error("$busy | Remove-EcsImage");
        Assert.Equal("ImageUsingByInstance", error.Code());
        Assert.Contains($"1 instance uses it ({_shell.Text("$of")})", error.Text(), StringComparison.Ordinal);
        Assert.Contains("-Force deletes it all the same", error.Text(), StringComparison.Ordinal);
        Assert.Equal("ImageUsingByInstance", _shell.Error("$busy | Remove-EcsImage -Confirm:$false").Code());
        _shell.Run("$busy | Remove-EcsImage -Force -Confirm:$false");
        Assert.Empty(_shell.Run("Get-EcsImage -Name busy"));
    }

    [Fact]
    public void An_image_that_is_being_copied_from_elsewhere_is_refused()
    {
        _shell.Run("$slow = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.01; $making = $image | Copy-EcsImage -DestinationRegionId cn-shanghai -Name making");
        var error = _shell.Error("$making | Remove-EcsImage -Force");
        Assert.Equal("OperationDenied.ImageCopying", error.Code());
        Assert.Contains("Stop-EcsImageCopy", error.Advice(), StringComparison.Ordinal);
        _shell.Run("$making | Stop-EcsImageCopy; $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000");
    }

    [Fact]
    public void IncludeSnapshot_deletes_what_nothing_else_needs_and_says_what_stays()
    {
        _shell.Run("""
            $common = $instance | Get-EcsDisk -DiskType system | New-EcsSnapshot -Name common -Wait
            $one = New-EcsCustomImage -SnapshotId $common.SnapshotId -Name one-of-common -Wait; $two = New-EcsCustomImage -SnapshotId $common.SnapshotId -Name two-of-common -Wait
            $whole = $instance | New-EcsCustomImage -Name whole -Wait
            """);
        var first = _shell.Try("$one | Remove-EcsImage -IncludeSnapshot -Confirm:$false");
        Assert.Empty(first.Errors);
        Assert.Contains($"also needed by {_shell.Text("$two")}", Assert.Single(first.Warnings), StringComparison.Ordinal);
        Assert.Single(_shell.Run("$common | Get-EcsSnapshot"));
        Assert.Empty(_shell.Try("$two, $whole | Remove-EcsImage -IncludeSnapshot -Confirm:$false").Warnings);
        Assert.Equal("InvalidSnapshotId.NotFound", _shell.Error("$common | Get-EcsSnapshot").Code());
        foreach (var disk in _shell.Texts("$whole.Disks | ForEach-Object SnapshotId")) Assert.Equal("InvalidSnapshotId.NotFound", _shell.Error($"Get-EcsSnapshot {disk}").Code());
    }

    [Fact]
    public void Unattended_it_costs_no_more_than_the_image_and_its_deletion()
    {
        _shell.Run("$plain = $instance | New-EcsCustomImage -Name plain -SystemDiskOnly -Wait");
        var run = _shell.Try("$plain | Remove-EcsImage -Confirm:$false -Verbose");
        Assert.Equal(["DescribeImages", "DeleteImage"], run.Verbose.Where(static v => v.Contains(", RequestId ", StringComparison.Ordinal)).Select(static v => v.Split(' ')[0]));
        Assert.Contains(run.Verbose, v => v.Contains("are billed, the snapshots s-", StringComparison.Ordinal));
    }

    [Fact]
    public void ConfirmPreference_None_is_unattended_too()
    {
        _shell.Run("$quiet = $instance | New-EcsCustomImage -Name quiet -SystemDiskOnly -Wait");
        var run = _shell.Try("$ConfirmPreference = 'None'; $quiet | Remove-EcsImage -Verbose; $ConfirmPreference = 'High'");
        Assert.Empty(run.Errors);
        Assert.DoesNotContain(run.Verbose, static v => v.StartsWith("DescribeInstances", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dry_run_asks_the_service_and_looks_nothing_up()
    {
        var run = _shell.Try("$image | Remove-EcsImage -DryRun -IncludeSnapshot -Confirm:$false -Verbose");
        Assert.Empty(run.Errors);
        Assert.Contains(run.Verbose, static v => v.Contains("would succeed", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Verbose, static v => v.StartsWith("DescribeSnapshots", StringComparison.Ordinal) || v.StartsWith("DeleteSnapshot", StringComparison.Ordinal));
        Assert.Single(_shell.Run("$image | Get-EcsImage"));
    }

    [Fact]
    public void An_image_that_is_not_ones_own_is_refused_by_its_kind()
    {
        var error = _shell.Error("$public | Remove-EcsImage -Confirm:$false");
        Assert.Equal("InvalidImageId.NotFound", error.Code());
        Assert.Contains("is a Public image; only one's own can be deleted", error.Text(), StringComparison.Ordinal);
    }

    // The question that was asked; the answer is given.
    private string Ask(int answer, string script)
    {
        var asked = new List<string>();
        _shell.Host.Answer = question =>
        {
            asked.Add(question);
            return answer;
        };
        _shell.Run(script);
        _shell.Host.Answer = null;
        return Assert.Single(asked);
    }
}
