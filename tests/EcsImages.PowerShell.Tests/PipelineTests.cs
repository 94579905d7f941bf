using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class PipelineTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void Piping_an_image_into_Set_EcsImage_changes_only_what_was_said()
    {
        _shell.Run("$kept = $instance | New-EcsCustomImage -Name kept-name -Family kept -Description old -SystemDiskOnly -Wait");
        var now = _shell.Run("$kept | Set-EcsImage -Description new")[0];
        Assert.Equal(("kept-name", "kept", "new"), ((string)now.Name, (string)now.Family, (string)now.Description));
        Assert.DoesNotContain("ImageName", string.Join(' ', _shell.Try("$kept | Set-EcsImage -Description newer -Debug").Debug), StringComparison.Ordinal);
    }

    [Fact]
    public void A_piped_share_does_not_say_which_account_is_to_lose_it()
    {
        _shell.Run("$friend = Connect-EcsAccount -Local -Path $folder -Account friend -RegionId cn-hangzhou; $shares = $image | Add-EcsImageShare -AccountId $friend.AccountId");
        _shell.Run("Get-EcsContext friend | Disconnect-EcsAccount");
        var error = _shell.Error("$shares | Remove-EcsImageShare -Confirm:$false");
        Assert.Contains("AccountId", error.Text(), StringComparison.Ordinal);
        Assert.Single(_shell.Run("$image | Get-EcsImageShare"));
        _shell.Run("$shares | Remove-EcsImageShare -All -Confirm:$false");
        Assert.Empty(_shell.Run("$image | Get-EcsImageShare"));
    }

    [Fact]
    public void What_was_seen_through_an_account_is_treated_as_that_account_and_in_its_region()
    {
        _shell.Run("""
            $b = Connect-EcsAccount -Local -Path $folder -Account b -RegionId cn-beijing -Speed 10000
            $theirs = Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest -RegionId cn-shanghai | New-EcsInstance -InstanceType ecs.g7.large -Wait
            $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000
            """);
        var image = _shell.Run("$theirImage = $theirs | New-EcsCustomImage -Name theirs -Wait; $theirImage")[0];
        Assert.Equal((_shell.Text("$b.AccountId"), "cn-shanghai"), ((string)image.ContextAccountId, (string)image.RegionId));

        _shell.Run("Disconnect-EcsAccount $b");
        var error = _shell.Error("$theirImage | Remove-EcsImage -Confirm:$false");
        Assert.Equal(("ContextNotFound", ErrorCategory.ObjectNotFound), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("Connect-EcsAccount", error.Advice(), StringComparison.Ordinal);
        var refused = _shell.Error("$theirImage | Remove-EcsImage -Confirm:$false -Context $us");
        Assert.Equal("InvalidImageId.NotFound", refused.Code());
    }

    [Fact]
    public void Objects_that_came_back_from_a_job_still_work_by_their_properties()
    {
        var bag = "$bag = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(";
        Assert.StartsWith("Deserialized.", _shell.Text($"{bag}$image)); $bag.PSObject.TypeNames[0]"), StringComparison.Ordinal);
        Assert.Equal("base", Assert.Single(_shell.Run("$bag | Get-EcsImage")).Name);
        Assert.Equal("kept by property", Assert.Single(_shell.Run("$bag | Set-EcsImage -Description 'kept by property'")).Description);
        Assert.Single(_shell.Run("$bag | New-EcsInstance -InstanceType ecs.g7.large -Wait | Remove-EcsInstance -Force -WhatIf; $bag | Get-EcsImage"));
        Assert.Equal("base", Assert.Single(_shell.Run($"{bag}$instance)); $bag | Get-EcsInstance")).Name);
        Assert.Equal("base", Assert.Single(_shell.Run($"{bag}@($image))); $bag | Get-EcsImage")).Name);
    }

    [Theory]
    [InlineData("42 | Get-EcsImage")]
    [InlineData("Get-Command Get-EcsImage | Get-EcsImage")]
    [InlineData("Get-EcsRegion cn-hangzhou | Remove-EcsImage -Confirm:$false")]
    [InlineData("$public | Stop-EcsInstance")]
    [InlineData("$image | New-EcsSnapshot")]
    [InlineData("$image | Remove-EcsSnapshot -Confirm:$false")]
    [InlineData("$us | Remove-EcsImage -Confirm:$false")]
    [InlineData("@{ Name = 'base' } | Remove-EcsImage -Confirm:$false")]
    public void A_wrong_object_in_the_pipeline_is_one_error_and_no_call(string script)
    {
        var run = _shell.Try(script.Replace("Confirm:$false", "Confirm:$false -Verbose", StringComparison.Ordinal));
        var error = Assert.Single(run.Errors);
        Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        Assert.DoesNotContain(run.Verbose, static v => v.Contains("RequestId", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Remove-EcsImage -ImageId $instance -Confirm:$false", "EcsInstance")]
    [InlineData("Remove-EcsImage $us -Confirm:$false", "EcsContext")]
    [InlineData("Remove-EcsInstance ($image, $image) -Confirm:$false", "EcsImage")]
    [InlineData("Get-EcsImage 42", "Int32")]
    public void A_wrong_object_as_an_argument_is_refused_by_name(string script, string name)
    {
        var error = _shell.Error(script);
        Assert.Equal("ParameterArgumentTransformationError", error.Code());
        Assert.Contains(name, error.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m-1*", "wildcards")]
    [InlineData("not an id", "is not an id")]
    [InlineData("System.Object[]", "wildcards")]
    [InlineData(" ", "empty")]
    public void A_text_that_is_no_id_is_refused_before_any_call(string text, string why)
    {
        var run = _shell.Try($"Remove-EcsImage '{text}' -Confirm:$false -Verbose");
        Assert.Contains(why, Assert.Single(run.Errors).Text(), StringComparison.Ordinal);
        Assert.Empty(run.Verbose);
    }

    [Theory]
    [InlineData("$ids | Get-EcsImage")]
    [InlineData("Get-EcsImage $ids")]
    [InlineData("Get-EcsImage -ImageId $ids")]
    [InlineData("$ids | Set-EcsImage -Description same")]
    [InlineData("Set-EcsImage $ids -Description same")]
    [InlineData("$ids | Wait-EcsImage")]
    [InlineData("Wait-EcsImage $ids")]
    [InlineData("$ids | Add-EcsImageTag -Tag @{ k = 'v' }")]
    public void Each_of_several_ids_gives_one_output_or_one_error(string script)
    {
        _shell.Run("$second = Get-EcsImage -Name second; if (-not $second) { $second = $instance | New-EcsCustomImage -Name second -SystemDiskOnly -Wait }");
        _shell.Run("$ids = $image.ImageId, 'm-missing1', $second.ImageId, 'm-missing2'");
        var run = _shell.Try(script);
        Assert.Equal(["base", "second"], run.Output.Select(static i => (string)i.Name).Order());
        Assert.Equal(["m-missing1", "m-missing2"], run.Errors.Select(static e => (string)e.TargetObject).Order());
    }

    [Fact]
    public void ErrorAction_Stop_ends_at_the_first_bad_item_and_the_shell_works_on()
    {
        var run = _shell.Try("$image.ImageId, 'm-missing', $image.ImageId | Get-EcsImage -ErrorAction Stop");
        Assert.Single(run.Output);
        Assert.Equal("InvalidImageId.NotFound", run.Terminating!.ErrorRecord.Code());
        Assert.Single(_shell.Run("$image | Get-EcsImage"));
    }
}
