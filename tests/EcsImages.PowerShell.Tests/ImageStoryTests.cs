namespace EcsImages.PowerShell.Tests;

public sealed class ImageStoryTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void An_image_of_an_instance_has_its_disks_its_region_and_the_account_that_saw_it()
    {
        var image = _shell.Run("$image")[0];
        Assert.Equal("EcsImages.Core.Images.EcsImage", _shell.Text("$image.GetType().FullName"));
        Assert.Equal(("base", "Available", "cn-hangzhou"), ((string)image.Name, (string)image.Status, (string)image.RegionId));
        Assert.Equal(_shell.Text("$us.AccountId"), (string)image.ContextAccountId);
        Assert.Equal("Custom", image.ImageType.ToString());
        Assert.Equal(["system", "data"], _shell.Texts("$image.Disks.DiskType"));
        Assert.IsType<DateTimeOffset>(image.CreationTime);
    }

    [Fact]
    public void Without_Wait_a_new_image_comes_at_once_and_Wait_EcsImage_gives_it_when_it_is_done()
    {
        var image = _shell.Run("$instance | New-EcsCustomImage -Name at-once -Family web -Description 'of an instance' | Wait-EcsImage")[0];
        Assert.Equal(("at-once", "web", "of an instance", "Available"),
            ((string)image.Name, (string)image.Family, (string)image.Description, (string)image.Status));
    }

    [Fact]
    public void An_image_of_a_snapshot_can_be_larger_than_it()
    {
        _shell.Run("$snapshot = $instance | Get-EcsDisk -DiskType system | New-EcsSnapshot -Name disk -Wait");
        var image = _shell.Run("$snapshot | New-EcsCustomImage -Name of-snapshot -SizeGiB 60 -Wait")[0];
        Assert.Equal(60, image.SizeGiB);
        var mapped = _shell.Run("New-EcsCustomImage -DiskMapping @{ SnapshotId = $snapshot.SnapshotId; DiskType = 'system' }, @{ SizeGiB = '30'; DiskType = 'data' } -Name mapped -Wait")[0];
        Assert.Equal(["40", "30"], _shell.Texts("(Get-EcsImage -Name mapped).Disks.SizeGiB"));
        Assert.Equal("Available", mapped.Status);
    }

    [Fact]
    public void SystemDiskOnly_leaves_the_data_disks_out_and_keeps_what_the_instance_ran()
    {
        var image = _shell.Run("$instance | New-EcsCustomImage -Name system-only -SystemDiskOnly -Wait")[0];
        Assert.Equal("system", Assert.Single(_shell.Run("(Get-EcsImage -Name system-only).Disks")).DiskType);
        Assert.Equal(((string)_shell.Run("$image")[0].Platform, (string)_shell.Run("$image")[0].Architecture), ((string)image.Platform, (string)image.Architecture));
    }

    [Fact]
    public void Set_EcsImage_returns_the_image_as_it_now_is()
    {
        _shell.Run("$set = $instance | New-EcsCustomImage -Name to-set -SystemDiskOnly -Wait");
        var now = _shell.Run("$set | Set-EcsImage -Name has-been-set -Description new -Family web -BootMode UEFI-Preferred -NvmeSupport $true")[0];
        Assert.Equal(("has-been-set", "new", "web", "UEFI-Preferred", "supported"),
            ((string)now.Name, (string)now.Description, (string)now.Family, (string)now.BootMode, (string)now.NvmeSupport));
        Assert.Equal("Deprecated", _shell.Run("$set | Set-EcsImage -Status Deprecated")[0].Status);
        Assert.Empty(_shell.Run("Get-EcsImage -Name has-been-set"));
        Assert.Single(_shell.Run("Get-EcsImage -Name has-been-set -Status Deprecated"));
    }

    [Fact]
    public void Tags_are_added_replaced_and_removed()
    {
        _shell.Run("$tagged = $instance | New-EcsCustomImage -Name to-tag -Tag @{ first = 1 } -Wait");
        var now = _shell.Run("$tagged | Add-EcsImageTag -Tag @{ team = 'web'; first = 2 }")[0];
        Assert.Equal(("web", "2"), ((string)now.Tags["team"], (string)now.Tags["first"]));
        Assert.Equal(["first"], _shell.Texts("($tagged | Remove-EcsImageTag -TagKey team).Tags.Keys"));
        Assert.Empty(_shell.Run("($tagged | Remove-EcsImageTag -All).Tags.Keys"));
    }

    [Fact]
    public void A_share_is_given_listed_and_taken_back_and_the_other_account_sees_it_meanwhile()
    {
        _shell.Run("$them = Connect-EcsAccount -Local -Path $folder -Account partner -RegionId cn-hangzhou -Speed 10000");
        _shell.Run("$given = $instance | New-EcsCustomImage -Name to-share -SystemDiskOnly -Wait");
        var share = Assert.Single(_shell.Run("$given | Add-EcsImageShare -AccountId $them.AccountId"));
        Assert.Equal(_shell.Text("$them.AccountId"), (string)share.AccountId);
        Assert.Single(_shell.Run("$given | Get-EcsImageShare"));
        Assert.Equal("Shared", Assert.Single(_shell.Run("Get-EcsImage -Name to-share -Context $them")).ImageType.ToString());
        Assert.Empty(_shell.Run("$given | Remove-EcsImageShare -All -Confirm:$false"));
        Assert.Empty(_shell.Run("Get-EcsImage -Name to-share -Context $them"));
        _shell.Run("Disconnect-EcsAccount $them");
    }

    [Fact]
    public void An_image_is_published_found_in_the_community_and_taken_back()
    {
        _shell.Run("$free = $instance | New-EcsCustomImage -Name to-publish -SystemDiskOnly -Wait");
        Assert.True((bool)_shell.Run("$free | Publish-EcsImage -Confirm:$false")[0].IsPublic);
        _shell.Run("$anybody = Connect-EcsAccount -Local -Path $folder -Account anybody -RegionId cn-hangzhou -Speed 10000");
        Assert.Contains("to-publish", _shell.Texts("(Get-EcsImage -ImageType Community).Name"));
        _shell.Run("Disconnect-EcsAccount $anybody");
        Assert.False((bool)_shell.Run("$free | Unpublish-EcsImage -Confirm:$false")[0].IsPublic);
    }

    [Fact]
    public void A_deleted_image_is_gone_and_Remove_EcsImage_writes_nothing()
    {
        _shell.Run("$gone = $instance | New-EcsCustomImage -Name to-delete -SystemDiskOnly -Wait");
        Assert.Empty(_shell.Run("$gone | Remove-EcsImage -Confirm:$false"));
        Assert.Equal("InvalidImageId.NotFound", _shell.Error("$gone | Get-EcsImage").Code());
    }
}
