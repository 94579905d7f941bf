namespace EcsImages.PowerShell.Tests;

public sealed class MachineTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void An_instance_is_launched_stopped_started_and_deleted()
    {
        var instance = _shell.Run("$mine = $public | New-EcsInstance -InstanceType ecs.g7.large -Name life -Wait; $mine")[0];
        Assert.Equal(("Running", "ecs.g7.large", "cn-hangzhou"), ((string)instance.Status, (string)instance.InstanceType, (string)instance.RegionId));
        Assert.Equal("Stopped", _shell.Run("$mine | Stop-EcsInstance -Wait")[0].Status);
        Assert.Equal("Running", _shell.Run("$mine | Start-EcsInstance -Wait")[0].Status);
        Assert.Equal("IncorrectInstanceStatus", _shell.Error("$mine | Remove-EcsInstance -Confirm:$false").Code());
        Assert.Empty(_shell.Run("$mine | Remove-EcsInstance -Force -Wait -Confirm:$false"));
        Assert.Equal("InvalidInstanceId.NotFound", _shell.Error("$mine | Get-EcsInstance").Code());
    }

    [Fact]
    public void Several_instances_of_a_family_are_launched_by_one_request()
    {
        var instances = _shell.Run("New-EcsInstance -Family acs:ubuntu_24_04_x64 -InstanceType ecs.g7.large -Count 3 -Name many -Wait");
        Assert.Equal(3, instances.Select(static i => (string)i.InstanceId).Distinct().Count());
        Assert.Equal(3, _shell.Run("Get-EcsInstance -Name man?").Count);
    }

    [Fact]
    public void Disks_and_snapshots_of_an_instance_are_found_through_it()
    {
        Assert.Equal(["data", "system"], _shell.Run("$instance | Get-EcsDisk").Select(static d => (string)d.DiskType).Order());
        var snapshot = _shell.Run("$taken = $instance | Get-EcsDisk -DiskType data | New-EcsSnapshot -Name taken -Description 'a disk' -Tag @{ a = 'b' } -Wait; $taken")[0];
        Assert.Equal(("accomplished", 20, "data", "b"), ((string)snapshot.Status, (int)snapshot.SizeGiB, (string)snapshot.DiskType, (string)snapshot.Tags["a"]));
        Assert.Equal("taken", Assert.Single(_shell.Run("$instance | Get-EcsDisk -DiskType data | Get-EcsSnapshot -Name t*")).Name);
        Assert.Equal("taken", Assert.Single(_shell.Run("Get-EcsSnapshot $taken.SnapshotId")).Name);
        Assert.Empty(_shell.Run("$taken | Remove-EcsSnapshot -Confirm:$false"));
        Assert.Equal("InvalidSnapshotId.NotFound", _shell.Error("$taken | Get-EcsSnapshot").Code());
    }

    [Fact]
    public void Instances_of_an_image_are_found_by_piping_it()
    {
        Assert.Equal("base", Assert.Single(_shell.Run("$public | Get-EcsInstance -Name base")).Name);
        Assert.Empty(_shell.Run("$image | Get-EcsInstance"));
    }

    [Fact]
    public void Instance_types_are_found_by_name_size_and_by_what_an_image_supports()
    {
        Assert.Equal("ecs.g7.large", Assert.Single(_shell.Run("Get-EcsInstanceType ecs.g7.large")).InstanceType);
        Assert.All(_shell.Run("Get-EcsInstanceType ecs.g7.*"), static t => Assert.StartsWith("ecs.g7.", (string)t.InstanceType, StringComparison.Ordinal));
        Assert.All(_shell.Run("Get-EcsInstanceType -MinimumCpuCoreCount 4 -MaximumCpuCoreCount 8"), static t => Assert.InRange((int)t.CpuCoreCount, 4, 8));
        var supported = _shell.Run("$public | Get-EcsInstanceType");
        Assert.NotEmpty(supported);
        Assert.All(supported, static t => Assert.Equal("X86", (string)t.CpuArchitecture));
        Assert.Equal("InvalidInstanceType.NotFound", _shell.Error("Get-EcsInstanceType ecs.none.large").Code());
    }

    [Fact]
    public void A_region_is_found_by_id_and_a_missing_one_is_an_error()
    {
        Assert.Equal("cn-hangzhou", Assert.Single(_shell.Run("Get-EcsRegion cn-hangzhou")).RegionId);
        Assert.True(_shell.Run("Get-EcsRegion cn-*").Count > 1);
        var error = _shell.Error("Get-EcsRegion cn-nowhere");
        Assert.Equal(("InvalidRegionId.NotFound", "cn-nowhere"), (error.Code(), (string)error.TargetObject));
    }

    [Fact]
    public void Contexts_are_listed_found_and_forgotten()
    {
        _shell.Run("$other = Connect-EcsAccount -Local -Path $folder -Account other -RegionId cn-beijing");
        Assert.Equal("other", _shell.Run("Get-EcsContext")[0].Name);
        Assert.Equal(["us", "other"], _shell.Run("Get-EcsContext -All").Select(static c => (string)c.Name));
        Assert.Equal("cn-beijing", Assert.Single(_shell.Run("Get-EcsContext oth*")).RegionId);
        Assert.Equal("ContextNotFound", _shell.Error("Get-EcsContext nobody").Code());
        Assert.Equal("other", Assert.Single(_shell.Run("Disconnect-EcsAccount")).Name);
        Assert.Equal("us", _shell.Run("Get-EcsContext")[0].Name);
        Assert.Equal("ContextNotFound", _shell.Error("Disconnect-EcsAccount $other").Code());
    }

    [Fact]
    public void More_instance_types_than_one_call_takes_are_got_by_name() =>
        Assert.Equal(["ecs.g7.large", "ecs.g7.xlarge"], _shell.Texts("(Get-EcsInstanceType (@(Get-EcsInstanceType ecs.g7.* | ForEach-Object InstanceType) + @(Get-EcsInstanceType ecs.c7.* | ForEach-Object InstanceType))).InstanceType | Where-Object { $_ -in 'ecs.g7.large', 'ecs.g7.xlarge' }").Order());
}
