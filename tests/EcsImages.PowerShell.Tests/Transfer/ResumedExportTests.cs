namespace EcsImages.PowerShell.Tests.Transfer;

/// <summary>An export that broke off between its disks, or after the last of them, goes on from there.</summary>
public sealed class ResumedExportTests : IDisposable
{
    private readonly TransferWorld _world = new();
    private readonly string _raw;

    public ResumedExportTests()
    {
        _raw = _world.MakeRaw(sizeMiB: 8, dataMiB: 2);
        Shell.Run($"$null = Import-EcsImage '{_raw}' -Name part -BucketName my-own-bucket -KeepObject -Wait");
        var key = Shell.FindObjects("my-own-bucket")![0].Key;
        Shell.Run($"$both = Import-EcsImage -BucketName my-own-bucket -DiskMapping @{{ ObjectKey = '{key}' }}, @{{ ObjectKey = '{key}' }} -Name both -Wait");
    }

    private TestShell Shell => _world.Shell;

    private string SystemFile => _world.In("both.qcow2");

    private string DataFile => _world.In("both-xvdb.qcow2");

    private string Export => $"$both | Export-EcsImage -Destination '{SystemFile}'";

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void A_disk_that_is_in_its_place_is_not_brought_again(string how)
    {
        BreakOffAtTheDataDisk();
        var written = File.GetLastWriteTimeUtc(SystemFile);
        Assert.Equal([SystemFile, DataFile], Shell.Texts($"({Export} {how}).Path"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(SystemFile));
        AssertDone();
    }

    [Fact]
    public void WhatIf_finds_no_obstacle_in_a_disk_that_the_same_export_has_brought()
    {
        BreakOffAtTheDataDisk();
        Shell.Run($"{Export} -WhatIf");
        Assert.Contains(Shell.Host.Lines, static l => l.StartsWith("What if: ", StringComparison.Ordinal));
        Assert.False(File.Exists(DataFile));
    }

    [Fact]
    public void A_disk_that_was_changed_meanwhile_is_not_replaced_unasked()
    {
        BreakOffAtTheDataDisk();
        File.AppendAllText(SystemFile, "mine");
        var error = Shell.Error(Export);
        Assert.Equal("FileExists", error.Code());
        Assert.Contains("-Force", error.Advice(), StringComparison.Ordinal);
        Assert.EndsWith("mine", File.ReadAllText(SystemFile), StringComparison.Ordinal);
        Shell.Run($"$null = {Export} -Force");
        AssertDone();
    }

    [Fact]
    public void Objects_that_could_not_be_removed_are_removed_by_the_next_run_and_nothing_else_is_done()
    {
        const string Policy = """{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"oss:DeleteObject","Resource":"*"}]}""";
        Shell.Run($"$null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000 -UserName keeper -PolicyDocument '{Policy}'");
        Assert.Contains("oss:DeleteObject", Shell.Error(Export).Text(), StringComparison.Ordinal);
        Shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000");
        Assert.Equal(2, _world.Objects()!.Count);
        var written = (File.GetLastWriteTimeUtc(SystemFile), File.GetLastWriteTimeUtc(DataFile));
        Assert.Equal([SystemFile, DataFile], Shell.Texts($"({Export}).Path"));
        Assert.Equal(written, (File.GetLastWriteTimeUtc(SystemFile), File.GetLastWriteTimeUtc(DataFile)));
        AssertDone();
    }

    // A folder in the place of its file is what no disk can be written to.
    private void BreakOffAtTheDataDisk()
    {
        Directory.CreateDirectory(DataFile);
        Shell.Error(Export);
        Assert.True(File.Exists(SystemFile));
        Directory.Delete(DataFile);
    }

    private void AssertDone()
    {
        Assert.All(new[] { SystemFile, DataFile }, f => Assert.True(_world.HoldSame(_raw, f)));
        Assert.Empty(_world.Leftovers());
        Assert.Empty(_world.Objects()!);
        Assert.Single(Shell.Run("Get-EcsTask -Action ExportImage"));
    }
}
