namespace EcsImages.PowerShell.Tests;

public sealed class CopyTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void Copies_to_several_regions_wait_together_and_keep_the_NVMe_setting()
    {
        _shell.Run("$null = $image | Set-EcsImage -NvmeSupport supported; $copies = $image | Copy-EcsImage -DestinationRegionId cn-beijing, cn-shanghai -Tag @{ n = 1 } -Wait");
        Assert.Equal(["cn-beijing", "cn-shanghai"], _shell.Texts("$copies.RegionId").Order());
        Assert.Equal(["base Available supported 1"], _shell.Texts("$copies | ForEach-Object { \"$($_.Name) $($_.Status) $($_.NvmeSupport) $($_.Tags['n'])\" }").Distinct());
    }

    [Fact]
    public void A_copy_within_the_region_is_for_encryption_only()
    {
        var error = _shell.Error("$image | Copy-EcsImage -DestinationRegionId cn-hangzhou -Name same");
        Assert.Equal("IncorrectDestinationRegion", error.Code());
        Assert.Contains("-Encrypted", error.Advice(), StringComparison.Ordinal);
        Assert.True((bool)_shell.Run("$image | Copy-EcsImage -Name encrypted -Encrypted -Wait")[0].IsEncrypted);
    }

    [Fact]
    public void A_key_without_encryption_is_refused() =>
        Assert.Equal("KmsKeyWithoutEncryption", _shell.Error("$image | Copy-EcsImage -DestinationRegionId cn-beijing -KmsKeyId key-1").Code());

    [Fact]
    public void One_destination_that_fails_loses_nothing_of_the_others()
    {
        var run = _shell.Try("$image | Copy-EcsImage -DestinationRegionId cn-nowhere, cn-qingdao -Name partly -Wait");
        Assert.Equal("cn-qingdao", Assert.Single(run.Output).RegionId);
        Assert.Contains("cn-nowhere", Assert.Single(run.Errors).TargetObject.ToString(), StringComparison.Ordinal);
    }
}
