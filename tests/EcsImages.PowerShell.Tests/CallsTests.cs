using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace EcsImages.PowerShell.Tests;

public sealed partial class CallsTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    /// <summary>Each cmdlet on its longest way.</summary>
    public static TheoryData<string, string> Ways => new()
    {
        { "Disconnect-EcsAccount", "Disconnect-EcsAccount (Connect-EcsAccount -Local -Path $folder -Account x -RegionId cn-hangzhou)" },
        { "Get-EcsContext", "Get-EcsContext -All" },
        { "Get-EcsRegion", "Get-EcsRegion" },
        { "Get-EcsInstanceType", "$public | Get-EcsInstanceType ecs.g7.*" },
        { "Get-EcsImage", "Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest -AllRegion; $image | Get-EcsImage; Get-EcsImage m-missing" },
        { "Get-EcsImageRegion", "$image | Get-EcsImageRegion; Get-EcsImageRegion aliyun_3_x64_20G_alibase_20210425.vhd -RegionId cn-beijing; Get-EcsImageRegion m-missing" },
        { "Find-EcsImage", "Find-EcsImage web -AllRegion -InstanceType ecs.g7.large -First 1; $image | Find-EcsImage -AllRegion -ErrorAction SilentlyContinue" },
        { "Test-EcsImageCompatibility", "$public | Test-EcsImageCompatibility -InstanceType ecs.g7.large, ecs.g8y.* -Online -Suggest" },
        { "New-EcsCustomImage", "$instance | New-EcsCustomImage -Name calls -SystemDiskOnly -Wait; $instance | New-EcsCustomImage -Name calls2" },
        { "Import-EcsImage", "$b = [byte[]]::new(3MB); [Random]::new(1).NextBytes($b); [IO.File]::WriteAllBytes(\"$folder/calls.raw\", $b); Import-EcsImage \"$folder/calls.raw\" -Name calls-file -BootMode UEFI-Preferred -BucketName calls-bucket -KeepObject -Wait; Import-EcsImage \"$folder/calls.raw\" -Name calls-later" },
        { "Export-EcsImage", "$image | Export-EcsImage -Destination \"$folder/calls.raw.tar.gz\"; $image | Export-EcsImage -BucketName calls-export" },
        { "Wait-EcsImage", "$image | Wait-EcsImage" },
        { "Copy-EcsImage", "$image | Copy-EcsImage -DestinationRegionId cn-beijing -Wait; $image | Copy-EcsImage -DestinationRegionId cn-shanghai" },
        { "Stop-EcsImageCopy", "$image | Stop-EcsImageCopy" },
        { "Add-EcsImageShare", "$image | Add-EcsImageShare -AccountId $friend.AccountId" },
        { "Get-EcsImageShare", "$image | Get-EcsImageShare" },
        { "Remove-EcsImageShare", "$image | Remove-EcsImageShare -All -Confirm:$false" },
        { "Publish-EcsImage", "$image | Publish-EcsImage -Confirm:$false" },
        { "Unpublish-EcsImage", "$image | Unpublish-EcsImage -Confirm:$false" },
        { "Set-EcsImage", "$image | Set-EcsImage -Description calls -NvmeSupport supported" },
        { "Add-EcsImageTag", "$image | Add-EcsImageTag -Tag @{ a = 1 }" },
        { "Remove-EcsImageTag", "$image | Remove-EcsImageTag -All" },
        { "Remove-EcsImage", "$image | Remove-EcsImage -DryRun -Confirm:$false; $image | Remove-EcsImage -WhatIf; $instance | New-EcsCustomImage -Name plan -Wait | Remove-EcsImage -IncludeSnapshot -Confirm:$false" },
        { "Get-EcsImageUsage", "$null = $image | New-EcsInstance -InstanceType ecs.g7.large -Wait; $image | Get-EcsImageUsage; Get-EcsImageUsage -LeftBehind -AllRegion" },
        { "Get-EcsInstance", "Get-EcsInstance -AllRegion; $instance | Get-EcsInstance" },
        { "New-EcsInstance", "$public | New-EcsInstance -InstanceType ecs.g7.large -Wait; $public | New-EcsInstance -InstanceType ecs.g7.large" },
        { "Start-EcsInstance", "$instance | Start-EcsInstance -DryRun" },
        { "Stop-EcsInstance", "$instance | Stop-EcsInstance -DryRun" },
        { "Remove-EcsInstance", "$instance | Remove-EcsInstance -DryRun -Force -Wait -Confirm:$false" },
        { "Get-EcsDisk", "Get-EcsDisk -AllRegion; $instance | Get-EcsDisk" },
        { "New-EcsSnapshot", "$disk | New-EcsSnapshot -Wait; $disk | New-EcsSnapshot" },
        { "Get-EcsSnapshot", "Get-EcsSnapshot -AllRegion; $snapshot | Get-EcsSnapshot" },
        { "Remove-EcsSnapshot", "$snapshot | Remove-EcsSnapshot -Confirm:$false" },
        { "Get-EcsTask", "Get-EcsTask -AllRegion; $task | Get-EcsTask; Get-EcsTask t-missing" },
        { "Wait-EcsTask", "$task | Wait-EcsTask" },
        { "Stop-EcsTask", "$task | Stop-EcsTask" },
        { "New-EcsImageComponent", "New-EcsImageComponent calls 'RUN true'" },
        { "Get-EcsImageComponent", "$part = New-EcsImageComponent calls 'RUN true'; Get-EcsImageComponent -AllRegion; $part | Get-EcsImageComponent" },
        { "Remove-EcsImageComponent", "$part = New-EcsImageComponent calls 'RUN true'; $null = New-EcsImagePipeline calls-part -Family acs:ubuntu_24_04_x64 -ImageComponentId $part -ClientToken calls-part; $part | Remove-EcsImageComponent -Confirm:$false" },
        { "New-EcsImagePipeline", "$part = New-EcsImageComponent calls 'RUN true'; New-EcsImagePipeline -Name calls-new -Family acs:ubuntu_24_04_x64 -ImageComponentId $part -BuildContent \"COMPONENT acs:ecs:cn-hangzhou:$($us.AccountId):imagecomponent/calls:*.*.*\"; New-EcsImagePipeline -Name calls-new -ImageId $image.ImageId" },
        { "Get-EcsImagePipeline", "$pipeline = New-EcsImagePipeline -Family acs:ubuntu_24_04_x64; Get-EcsImagePipeline -AllRegion; $pipeline | Get-EcsImagePipeline" },
        { "Remove-EcsImagePipeline", "$pipeline = New-EcsImagePipeline -Family acs:ubuntu_24_04_x64; $pipeline | Remove-EcsImagePipeline -Confirm:$false" },
        { "Start-EcsImagePipeline", "$pipeline = New-EcsImagePipeline -Family acs:ubuntu_24_04_x64; $pipeline | Start-EcsImagePipeline -Wait" },
        { "Get-EcsImagePipelineExecution", "$run = New-EcsImagePipeline -Family acs:ubuntu_24_04_x64 | Start-EcsImagePipeline -Wait; Get-EcsImagePipelineExecution -AllRegion; $run | Get-EcsImagePipelineExecution" },
        { "Wait-EcsImagePipelineExecution", "$run = New-EcsImagePipeline -Family acs:ubuntu_24_04_x64 | Start-EcsImagePipeline; $run | Wait-EcsImagePipelineExecution" },
        { "Stop-EcsImagePipelineExecution", "$null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.01; $run = New-EcsImagePipeline -Family acs:ubuntu_24_04_x64 | Start-EcsImagePipeline; $run | Stop-EcsImagePipelineExecution -Confirm:$false; $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000" },
        { "Update-EcsImage", "$image | Update-EcsImage -Command calls -InstanceType ecs.g7.large -Name \"calls-updated-$([guid]::NewGuid().ToString('N'))\" -Wait; $image | Update-EcsImage -Command calls -InstanceType ecs.g7.large -RamRoleName nobody -CreateVpc -Wait" },
        { "Get-EcsImageUpdate", "$null = $image | Update-EcsImage -Command calls -InstanceType ecs.g7.large; Get-EcsImageUpdate -AllRegion -IncludeLog; $image | Get-EcsImageUpdate; Get-EcsImageUpdate exec-missing" },
        { "Wait-EcsImageUpdate", "$image | Update-EcsImage -Command calls -InstanceType ecs.g7.large -RamRoleName nobody | Wait-EcsImageUpdate" },
        { "Stop-EcsImageUpdate", "$image | Update-EcsImage -Command calls -InstanceType ecs.g7.large -CommandTimeoutSec 60 | Stop-EcsImageUpdate" },
        { "Get-EcsImageSupport", "$image.ImageId | Get-EcsImageSupport; $image | Get-EcsImageSupport" },
        { "Get-EcsOSLifecycle", "Get-EcsOSLifecycle -ImageId $image.ImageId; $image | Get-EcsOSLifecycle -Ended; Get-EcsOSLifecycle Ubuntu" },
        { "Get-EcsImageQuota", "Get-EcsImageQuota -AllRegion; $image | Get-EcsImageQuota" },
        { "Request-EcsImageQuota", "Request-EcsImageQuota CustomImage -Total 200 -Reason calls -Wait" },
        { "Get-EcsRamPolicy", "Get-EcsRamPolicy *-EcsImage; Get-EcsRamPolicy -Session" },
        { "Invoke-EcsApi", "Invoke-EcsApi DescribeZones; $image | Invoke-EcsApi TagResources @{ ResourceType = 'image'; ResourceId = $image.ImageId; Tag = @{ Key = 'a'; Value = 1 } }" },
        { "Get-EcsImageFile", "Get-EcsImageFile $folder/*" },
        { "Test-EcsImageFile", "Test-EcsImageFile $folder/ecs.db -InstanceType ecs.g7.large" },
        { "Compare-EcsImageFile", "Compare-EcsImageFile $folder/ecs.db $folder/ecs.db" },
        { "Convert-EcsImageFile", "Convert-EcsImageFile $folder/ecs.db $folder/ecs.qcow2" },
        { "Connect-EcsAccount", "Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_cmdlet_calls_only_what_it_declares(string cmdlet, string way)
    {
        _shell.Run("""
            $disk = $instance | Get-EcsDisk -DiskType data; $snapshot = $disk | New-EcsSnapshot -Wait
            $friend = Connect-EcsAccount -Local -Path $folder -Account friend -RegionId cn-hangzhou; $null = Disconnect-EcsAccount $friend
            """);
        if (way.Contains("$task", StringComparison.Ordinal)) TaskWorld.MakeTask(_shell);
        // * is the operation that the caller names.
        var declared = Declared(cmdlet) is ["*"] ? [.. Named().Matches(way).Select(static m => $"*:{m.Groups[1].Value}")] : Declared(cmdlet);
        var run = _shell.Try(way.Replace(cmdlet, $"{cmdlet} -Verbose", StringComparison.Ordinal));
        var called = run.Verbose.Select(static v => Call().Match(v)).Where(static m => m.Success).Select(static m => m.Groups[1].Value).Distinct().ToArray();
        Assert.True(called.Length > 0 || declared.Count == 0, string.Join('\n', run.Errors));
        Assert.Empty(called.Except(declared.Select(static d => d.Split(':')[1])));
    }

    [Fact]
    public void Every_cmdlet_has_its_way_here() =>
        Assert.Equal(_shell.Texts("(Get-Command -Module EcsImage).Name").Order(), Ways.Select(static w => (string)((object[])w)[0]).Order());

    private IReadOnlyList<string> Declared(string cmdlet)
    {
        var command = Assert.IsType<CmdletInfo>(((PSObject)_shell.Run($"Get-Command {cmdlet}")[0]).BaseObject);
        var calls = Assert.Single(command.ImplementingType.GetCustomAttributes(), static a => a.GetType().Name == "CallsAttribute");
        return (IReadOnlyList<string>)calls.GetType().GetProperty("Operations")!.GetValue(calls)!;
    }

    [GeneratedRegex(@"Invoke-EcsApi (\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(\w+) in [\w-]+: (\d{3}|no answer)")]
    private static partial Regex Call();
}
