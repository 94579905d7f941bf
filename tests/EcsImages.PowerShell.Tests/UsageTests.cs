using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class UsageTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public async Task What_depends_on_an_image_is_told_with_what_becomes_of_it()
    {
        _shell.Run("""
            $used = $instance | New-EcsCustomImage -Name used -Family used -SystemDiskOnly -Wait
            $of = $used | New-EcsInstance -InstanceType ecs.g7.large -Name of-used -Wait
            $copy = $used | Copy-EcsImage -DestinationRegionId cn-beijing -Wait
            $friend = Connect-EcsAccount -Local -Path $folder -Account friend -RegionId cn-hangzhou; $null = Disconnect-EcsAccount $friend
            $null = $used | Add-EcsImageShare -AccountId $friend.AccountId
            """);
        var (image, other) = (_shell.Text("$used"), _shell.Text("$image"));
        await _shell.CallAsync("CreateLaunchTemplate", ("LaunchTemplateName", "current"), ("ImageId", image));
        await _shell.CallAsync("CreateLaunchTemplate", ("LaunchTemplateName", "moved-on"), ("ImageId", other));
        await _shell.CallAsync("CreateLaunchTemplateVersion", ("LaunchTemplateName", "moved-on"), ("ImageId", image));
        await _shell.CallAsync("CreateLaunchTemplate", ("LaunchTemplateName", "elsewhere"), ("ImageId", other));
        await _shell.CallAsync("CreateImagePipeline", ("BaseImageType", "IMAGE"), ("BaseImage", image), ("Name", "by-id"));
        await _shell.CallAsync("CreateImagePipeline", ("BaseImageType", "IMAGE_FAMILY"), ("BaseImage", "used"), ("Name", "by-family"));
        await _shell.CallAsync("CreateImagePipeline", ("BaseImageType", "IMAGE"), ("BaseImage", other), ("Name", "of-another"));

        var all = _shell.Run("$used | Get-EcsImageUsage");
        Assert.All(all, d => Assert.Equal(image, (string)d.DependsOn));
        Assert.Equal(
        [
            "Instance of-used CannotReinitialize True", "LaunchTemplate current CannotLaunch False", "LaunchTemplate moved-on CannotLaunch False",
            "Pipeline by-family CannotBuild False", "Pipeline by-id CannotBuild False", "Share  AccessLost True", "Snapshot used StaysBilled False",
        ], all.Where(static d => d.Kind.ToString() != "Image").Select(static d => $"{d.Kind} {d.Name} {d.Effect} {d.BlocksDeletion}").Order(StringComparer.Ordinal));
        var template = Assert.Single(all, static d => d.Name == "moved-on");
        Assert.Equal("version 2 (latest); its default is 1", (string)template.Detail);
        Assert.Equal("version 1 (default, latest)", (string)Assert.Single(all, static d => d.Name == "current").Detail);
        Assert.Equal(_shell.Text("$friend.AccountId"), (string)Assert.Single(all, static d => d.Kind.ToString() == "Share").ResourceId);
        var copy = Assert.Single(all, static d => d.Kind.ToString() == "Image");
        Assert.Equal((_shell.Text("$copy"), "cn-beijing", "Unaffected"), ((string)copy.ResourceId, (string)copy.RegionId, (string)copy.Effect.ToString()));
        Assert.Contains("probably", (string)copy.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_names_the_images_and_disks_that_need_it_too()
    {
        _shell.Run("""
            $snapshot = $instance | Get-EcsDisk -DiskType system | New-EcsSnapshot -Name two-images -Wait
            $first = New-EcsCustomImage -SnapshotId $snapshot.SnapshotId -Name first-of-two -Wait; $second = New-EcsCustomImage -SnapshotId $snapshot.SnapshotId -Name second-of-two -Wait
            $of = $first | New-EcsInstance -InstanceType ecs.g7.large -Wait
            """);
        var row = Assert.Single(_shell.Run("$first | Get-EcsImageUsage | Where-Object Kind -eq Snapshot"));
        string[] needed = [.. ((IEnumerable<string>)row.NeededBy).Order(StringComparer.Ordinal)];
        Assert.Equal(2, needed.Length);
        Assert.EndsWith($" of {_shell.Text("$of")}", needed[0], StringComparison.Ordinal);
        Assert.Equal(_shell.Text("$second"), needed[1]);
        Assert.Equal(_shell.Text("$snapshot"), (string)row.SnapshotId);
    }

    [Fact]
    public void Snapshots_that_a_deleted_image_left_are_found_and_can_be_piped_to_Remove_EcsSnapshot()
    {
        _shell.Run("""
            $kept = $instance | Get-EcsDisk -DiskType data | New-EcsSnapshot -Name persons-own -Description "Made for $image by hand" -Wait
            $gone = $instance | New-EcsCustomImage -Name gone -Wait; $gone | Remove-EcsImage -Confirm:$false
            """);
        var left = _shell.Run("Get-EcsImageUsage $gone -LeftBehind");
        Assert.Equal(2, left.Count);
        Assert.All(left, d => Assert.Equal((_shell.Text("$gone"), "StaysBilled"), ((string)d.DependsOn, (string)d.Effect.ToString())));
        Assert.Equal([20, 40], left.Select(static d => (int)d.SizeGiB).Order());
        Assert.Empty(_shell.Run("Get-EcsImageUsage $image -LeftBehind"));

        _shell.Run("Get-EcsImageUsage -LeftBehind | Remove-EcsSnapshot -Confirm:$false");
        Assert.Empty(_shell.Run("Get-EcsImageUsage -LeftBehind -AllRegion"));
        Assert.Single(_shell.Run("$kept | Get-EcsSnapshot; $null = $image | Get-EcsImage"));
    }

    [Theory]
    [InlineData("Remove-EcsImage -Confirm:$false")]
    [InlineData("Remove-EcsImage -Force -Confirm:$false")]
    [InlineData("Remove-EcsInstance -Force -Confirm:$false")]
    [InlineData("Remove-EcsSnapshot -Force -Confirm:$false")]
    [InlineData("Remove-EcsImageShare -All -Confirm:$false")]
    [InlineData("Set-EcsImage -Description surprise")]
    [InlineData("Stop-EcsInstance")]
    public void Piped_to_another_cmdlet_it_changes_nothing(string cmdlet)
    {
        const string State = "Get-EcsImage -ImageType Custom -AllRegion | ForEach-Object { \"$($_.ImageId) $($_.Description)\" }; Get-EcsInstance | ForEach-Object { \"$_ $($_.Status)\" }; Get-EcsSnapshot | ForEach-Object SnapshotId";
        _shell.Run("if (-not (Get-EcsInstance -ImageId $image)) { $null = $image | New-EcsInstance -InstanceType ecs.g7.large -Wait; $null = $image | Copy-EcsImage -DestinationRegionId cn-beijing -Wait }");
        var before = _shell.Texts(State);
        Assert.True(_shell.Run("$image | Get-EcsImageUsage").Count >= 4);
        Assert.NotEmpty(_shell.Try($"$image | Get-EcsImageUsage | {cmdlet}").Errors);
        Assert.Equal(before, _shell.Texts(State));
    }

    [Fact]
    public void Of_a_public_image_what_uses_it_is_told()
    {
        var all = _shell.Run("$public | Get-EcsImageUsage");
        Assert.Equal("Instance", (string)Assert.Single(all, d => d.ResourceId == _shell.Text("$instance")).Kind.ToString());
        Assert.DoesNotContain(all, static d => d.Kind.ToString() is "Snapshot" or "Share");
    }

    [Fact]
    public void Each_missing_id_is_an_error_and_the_others_come()
    {
        var run = _shell.Try("Get-EcsImageUsage m-missing1, $image, m-missing2");
        Assert.Equal(["m-missing1", "m-missing2"], run.Errors.Select(static e => (string)e.TargetObject));
        Assert.All(run.Errors, static e => Assert.Equal(("InvalidImageId.NotFound", ErrorCategory.ObjectNotFound), (e.Code(), e.CategoryInfo.Category)));
        Assert.NotEmpty(run.Output);
        Assert.NotEmpty(_shell.Run("Get-EcsImageUsage $image -AllRegion"));
    }
}
