using System.Management.Automation;

namespace EcsImages.PowerShell.Tests.Updating;

public sealed class UpdateTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void An_image_is_patched_in_one_command_and_a_warning_says_that_nothing_was_executed()
    {
        var run = _shell.Try("$update = $image | Update-EcsImage -Command 'dnf -y upgrade' -InstanceType ecs.g7.large -Name patched -Tag @{ month = 12 } -Wait; $update");
        Assert.Empty(run.Errors);
        var update = Assert.Single(run.Output);
        Assert.Equal(("Success", _shell.Text("$image.ImageId"), "patched", "cn-hangzhou", _shell.Text("$us.AccountId")),
            ((string)update.Status, (string)update.SourceImageId, (string)update.ImageName, (string)update.RegionId, (string)update.ContextAccountId));
        Assert.Contains("Nothing was executed inside i-", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Contains("Nothing was executed inside i-", (string)update.CommandOutput, StringComparison.Ordinal);
        Assert.Equal("patched Available 12", _shell.Text("$new = $update | Get-EcsImage; \"$($new.Name) $($new.Status) $($new.Tags.month)\""));
        Assert.Equal("Available", _shell.Text("($image | Get-EcsImage).Status"));
        Assert.Equal(_shell.Text("$instance.InstanceId"), _shell.Text("(Get-EcsInstance).InstanceId"));
        Assert.Equal(["runCommand Success", "configurePackage Skipped"], _shell.Texts("$update.Tasks | Where-Object Name -in runCommand, configurePackage | ForEach-Object { \"$($_.Name) $($_.Status)\" }"));
    }

    [Fact]
    public void Progress_is_the_task_of_the_template()
    {
        using var own = new TestShell(speed: 10_000);
        own.MakeImage();
        var run = own.Try("""
            $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 3
            $image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Wait
            """);
        Assert.Empty(run.Errors);
        Assert.Equal($"UpdateImage_from_{own.Text("$image.ImageId")}_on_{run.Output[0].ExecutionId}", (string)run.Output[0].ImageName);
        Assert.Contains(run.Progress, static p => p.StatusDescription.Contains(": task 2 of 7: runInstances", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        var percents = run.Progress.SkipLast(1).Select(static p => p.PercentComplete).ToArray();
        Assert.Equal(percents.Order(), percents);
    }

    [Theory]
    [InlineData("$public | Update-EcsImage -Command x -InstanceType ecs.g7.large", "NotOwnImage", "a Public image")]
    [InlineData("Update-EcsImage m-missing -Command x -InstanceType ecs.g7.large", "InvalidImageId.NotFound", "m-missing")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g8y.large", "ImageNotSupportInstanceType", "It does on ecs.")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.nope", "InvalidInstanceType.NotFound", "ecs.nope")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name base", "InvalidImageName.Duplicated", "base")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name 'a name'", "InvalidImageName.Malformed", "a name")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -CommandType RunBatScript", "CommandTypeMismatch", "RunBatScript, which is for Windows")]
    [InlineData("$image | Update-EcsImage -Command ' ' -InstanceType ecs.g7.large", "CommandEmpty", "nothing to run")]
    [InlineData("$image | Update-EcsImage -Path $folder/none.sh -InstanceType ecs.g7.large", "FileNotFound", "none.sh")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -SecurityGroupId sg-1", "NetworkIncomplete", "-VSwitchId")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -SecurityGroupId sg-1 -VSwitchId vsw-1", "InvalidVSwitchId.NotFound", "vsw-1")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -SecurityGroupId sg-1 -VSwitchId vsw-1 -CreateVpc", "NetworkConflict", "-CreateVpc")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -VpcCidrBlock 10.0.0.0/8", "NetworkConflict", "-VpcCidrBlock")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -VpcCidrBlock ten -CreateVpc", "InvalidCidrBlock", "ten")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -ZoneId cn-hangzhou-z", "DefaultNetworkMissing", "cn-hangzhou-z")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -TimeoutSec 5", "TimeoutWithoutWait", "nothing waits")]
    [InlineData("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -OosRoleName OOSServiceRole", "InvalidParameter", "OOSServiceRole")]
    [InlineData("$image | Update-EcsImage -PackageName p -PackageParameter @{ a = [guid]::Empty } -InstanceType ecs.g7.large", "InvalidJson", "Guid")]
    [InlineData("$image | Update-EcsImage -Command x -Path y -InstanceType ecs.g7.large", "AmbiguousParameterSet", "")]
    public void A_wrong_argument_is_told_before_anything_is_launched(string script, string code, string words)
    {
        var instances = _shell.Run("Get-EcsInstance").Count;
        var updates = _shell.Run("Get-EcsImageUpdate").Count;
        var error = _shell.Error(script);
        Assert.Equal(code, error.Code());
        Assert.Contains(words, error.Text(), StringComparison.Ordinal);
        Assert.Equal((instances, updates), (_shell.Run("Get-EcsInstance").Count, _shell.Run("Get-EcsImageUpdate").Count));
    }

    [Fact]
    public void An_image_out_of_use_is_not_updated()
    {
        _shell.Run("$old = New-EcsCustomImage -InstanceId $instance.InstanceId -Name old -Wait | Set-EcsImage -Status Deprecated");
        var error = _shell.Error("$old | Update-EcsImage -Command x -InstanceType ecs.g7.large");
        Assert.Equal("IncorrectImageStatus", error.Code());
        Assert.Contains("Set-EcsImage -Status Available", error.Advice(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_of_the_other_system_is_refused_and_one_of_its_own_is_taken()
    {
        _shell.Run("""
            $server = New-EcsInstance (Get-EcsImage -ImageType Public -OSType windows)[0] ecs.g7.xlarge -Name server -Wait
            $windows = New-EcsCustomImage -InstanceId $server.InstanceId -Name server -Wait; $null = $server | Remove-EcsInstance -Force -Wait -Confirm:$false
            [IO.File]::WriteAllText("$folder/patch.sh", "dnf -y upgrade`r`nreboot`r`n"); [IO.File]::WriteAllText("$folder/patch.ps1", 'Install-WindowsUpdate'); [IO.File]::WriteAllBytes("$folder/latin.sh", [byte[]](111, 0xE9, 107))
            """);
        Assert.Equal("CommandTypeMismatch", _shell.Error("$windows | Update-EcsImage -Path $folder/patch.sh -InstanceType ecs.g7.xlarge").Code());
        Assert.Equal("CommandTypeMismatch", _shell.Error("$image | Update-EcsImage -Path $folder/patch.ps1 -InstanceType ecs.g7.large").Code());
        Assert.Equal("CommandUnreadable", _shell.Error("$image | Update-EcsImage -Path $folder/latin.sh -InstanceType ecs.g7.large").Code());
        Assert.Contains("type RunPowerShellScript with 21 characters", _shell.Text("($windows | Update-EcsImage -Path $folder/patch.ps1 -InstanceType ecs.g7.xlarge -Wait).CommandOutput"), StringComparison.Ordinal);
        var crlf = _shell.Try("$image | Update-EcsImage -Path $folder/patch.sh -InstanceType ecs.g7.large -WhatIf");
        Assert.Contains("CR LF", Assert.Single(crlf.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_shows_what_would_run_and_where_and_starts_nothing()
    {
        var (said, updates) = (_shell.Host.Lines.Count, _shell.Run("Get-EcsImageUpdate").Count);
        Assert.Empty(_shell.Run("$image | Update-EcsImage -Command 'login hunter2' -InstanceType ecs.g7.large -Name shown -WhatIf"));
        var line = Assert.Single(_shell.Host.Lines.Skip(said), static l => l.StartsWith("What if: ", StringComparison.Ordinal));
        foreach (var part in new[] { "base", _shell.Text("$image.ImageId"), "cn-hangzhou", "RunShellScript with 13 characters", "ecs.g7.large", "the default vSwitch vsw-", "security group sg-", "the new image is shown" })
            Assert.Contains(part, line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.Equal(updates, _shell.Run("Get-EcsImageUpdate").Count);
    }

    [Fact]
    public void The_same_ClientToken_makes_one_image_however_often_it_is_run()
    {
        const string update = "$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name once -ClientToken december";
        var first = _shell.Run($"{update} -Wait")[0];
        var again = _shell.Run(update)[0];
        Assert.Equal(((string)first.ExecutionId, "Success", (string)first.ImageId), ((string)again.ExecutionId, (string)again.Status, (string)again.ImageId));
        Assert.Equal((string)first.ExecutionId, (string)_shell.Run($"{update} -Wait")[0].ExecutionId);
        Assert.Single(_shell.Run("Get-EcsImage -Name once*"));
        Assert.Equal("IdempotentParameterMismatch", _shell.Error(update.Replace("-Command x", "-Command y", StringComparison.Ordinal)).Code());
    }

    [Fact]
    public void Several_images_are_updated_together_and_one_name_is_for_one_of_them()
    {
        _shell.Run("$two = 1, 2 | ForEach-Object { New-EcsCustomImage -InstanceId $instance.InstanceId -Name \"several-$_\" -Wait }");
        Assert.Equal(2, _shell.Texts("($two | Update-EcsImage -PackageName ACS-Extension-node -PackageVersion v1 -PackageParameter @{ b = 1; a = 'x', $true } -InstanceType ecs.g7.large -Wait).ImageId").Distinct().Count());
        var run = _shell.Try("$two | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name both");
        Assert.Single(run.Output);
        Assert.Equal("InvalidImageName.Duplicated", Assert.Single(run.Errors).Code());
    }

    [Fact]
    public void A_network_is_named_or_made_for_the_time_or_refused_in_words_where_nobody_can_tell_which()
    {
        using var own = new TestShell(speed: 10_000);
        own.MakeImage();
        own.Run("""
            $switch = (Invoke-EcsApi DescribeVSwitches -Confirm:$false).VSwitches.VSwitch[0]
            $group = (Invoke-EcsApi CreateSecurityGroup @{ VpcId = $switch.VpcId; SecurityGroupName = 'second' } -Confirm:$false).SecurityGroupId
            """);
        var unclear = own.Error("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large");
        Assert.Equal("DefaultNetworkUnclear", unclear.Code());
        Assert.Contains("2 security groups", unclear.Text(), StringComparison.Ordinal);
        Assert.Equal("Success", own.Text("($image | Update-EcsImage -Command x -InstanceType ecs.g7.large -VSwitchId $switch.VSwitchId -SecurityGroupId $group -Wait).Status"));
        var made = own.Run("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -CreateVpc -InternetMaxBandwidthOut 5 -Wait")[0];
        Assert.Equal(("Success", 10), ((string)made.Status, (int)made.TaskCount));
        Assert.Single(own.Run("(Invoke-EcsApi DescribeVpcs -Confirm:$false).Vpcs.Vpc"));
        own.Run("""
            $vpc = (Invoke-EcsApi CreateVpc @{ RegionId = 'cn-hangzhou'; CidrBlock = '10.0.0.0/8' } -Confirm:$false).VpcId
            $elsewhere = (Invoke-EcsApi CreateSecurityGroup @{ VpcId = $vpc; SecurityGroupName = 'third' } -Confirm:$false).SecurityGroupId
            """);
        Assert.Equal("InvalidSecurityGroup.VpcMismatch", own.Error("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -VSwitchId $switch.VSwitchId -SecurityGroupId $elsewhere").Code());
    }

    [Fact]
    public void A_user_with_the_policy_that_is_written_for_it_updates_an_image()
    {
        _shell.Run("""
            $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000 -UserName patcher -PolicyDocument (Get-EcsRamPolicy -Cmdlet Update-EcsImage -RegionId cn-hangzhou -AccountId $us.AccountId)
            $done = $image.ImageId | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name by-user -Wait
            """);
        try
        {
            Assert.Equal("Success", _shell.Text("$done.Status"));
            Assert.StartsWith("patcher(", _shell.Text("$done.ExecutedBy"), StringComparison.Ordinal);
            var actions = _shell.Texts("(Get-EcsRamPolicy -Cmdlet Update-EcsImage).Actions");
            Assert.Contains("ecs:RunCommand", actions);
            Assert.Contains("oos:StartExecution", actions);
        }
        finally
        {
            _shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000");
        }
    }
}
