namespace EcsImages.PowerShell.Tests.Transfer;

public sealed class ExportTests : IDisposable
{
    private readonly TransferWorld _world = new();
    private readonly string _raw;

    public ExportTests()
    {
        _raw = _world.MakeRaw();
        Shell.Run($"$image = Import-EcsImage '{_raw}' -Name web-2026 -Wait");
    }

    private TestShell Shell => _world.Shell;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("out.raw", "RAW")]
    [InlineData("out.img", "RAW")]
    [InlineData("out.qcow2", "QCOW2")]
    [InlineData("out.vhd", "VHD")]
    [InlineData("out.vhdx", "VHDX")]
    [InlineData("out.vmdk", "VMDK")]
    public void An_export_is_converted_to_what_its_extension_names(string name, string format)
    {
        Shell.Run($"$null = $image | Export-EcsImage -Destination '{_world.In(name)}'");
        Assert.Equal((format, ""), ((string)Shell.Run($"Get-EcsImageFile '{_world.In(name)}'")[0].Format, (string)Shell.Run($"Get-EcsImageFile '{_world.In(name)}'")[0].Package));
        Assert.True(_world.HoldSame(_raw, _world.In(name)));
        Assert.Empty(_world.Leftovers());
        Assert.Empty(_world.Objects()!);
    }

    [Fact]
    public void An_export_can_be_had_as_it_comes()
    {
        Shell.Run($"$null = $image | Export-EcsImage -Destination '{_world.In("out.raw.tar.gz")}' -KeepObject");
        Assert.Equal("tar.gz", Shell.Text($"(Get-EcsImageFile '{_world.In("out.raw.tar.gz")}').Package"));
        Assert.True(_world.HoldSame(_raw, _world.In("out.raw.tar.gz")));
        Assert.EndsWith("_system.raw.tar.gz", Assert.Single(_world.Objects()!).Key, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_folder_each_image_gets_a_file_of_its_name()
    {
        Shell.Run($"$other = Import-EcsImage '{_raw}' -Name second -Wait");
        var paths = Shell.Texts($"($image, $other | Export-EcsImage -Destination '{_world.Files}').Path | ForEach-Object {{ [IO.Path]::GetFileName($_) }}");
        Assert.Equal(["second.raw", "web-2026.raw"], paths.Order());
        var error = Shell.Error($"$image, $other | Export-EcsImage -Destination '{_world.In("one.raw")}'");
        Assert.Equal("FileNamedTwice", error.Code());
        Assert.True(File.Exists(_world.In("one.raw")));
    }

    [Fact]
    public void Data_disks_get_files_beside_that_of_the_system_disk()
    {
        Shell.Run($"""
            $null = Import-EcsImage '{_raw}' -Name part -BucketName my-own-bucket -KeepObject -Wait
            """);
        var key = Shell.FindObjects("my-own-bucket")![0].Key;
        Shell.Run($"$both = Import-EcsImage -BucketName my-own-bucket -DiskMapping @{{ ObjectKey = '{key}' }}, @{{ ObjectKey = '{key}' }} -Name both -Wait");
        File.WriteAllText(_world.In("both-xvdb.qcow2"), "precious");
        Assert.Equal("FileUnusable", Shell.Error($"$both | Export-EcsImage -Destination '{_world.In("both.qcow2")}'").Code());
        Assert.Equal("precious", File.ReadAllText(_world.In("both-xvdb.qcow2")));
        var files = Shell.Texts($"($both | Export-EcsImage -Destination '{_world.In("both.qcow2")}' -Force).Path");
        Assert.Equal([_world.In("both.qcow2"), _world.In("both-xvdb.qcow2")], files);
        Assert.All(files, f => Assert.True(_world.HoldSame(_raw, f)));
    }

    [Fact]
    public void Without_Wait_the_task_comes_at_once_and_tasks_follow_it()
    {
        var export = Shell.Run("$export = $image | Export-EcsImage -BucketName my-own-bucket -Prefix web; $export")[0];
        Assert.StartsWith("tsk-", (string)export.TaskId, StringComparison.Ordinal);
        var task = Shell.Run("$export | Wait-EcsTask")[0];
        Assert.Equal(("Finished", "my-own-bucket"), ((string)task.Status, (string)task.BucketName));
        Assert.StartsWith("web_", Assert.Single(Shell.FindObjects("my-own-bucket")!).Key, StringComparison.Ordinal);
    }

    [Fact]
    public void The_formats_of_a_region_can_be_had()
    {
        var image = $"$there = Import-EcsImage '{_raw}' -Name there -RegionId ap-southeast-1 -Wait; $there";
        Assert.Equal("ap-southeast-1", (string)Shell.Run(image)[0].RegionId);
        var export = Shell.Run("$there | Export-EcsImage -Format QCOW2 -Wait")[0];
        Assert.EndsWith(".qcow2", ((string[])export.ObjectKey)[0], StringComparison.Ordinal);
        Assert.Equal("InvalidImageFormat.RegionNotSupported", Shell.Error("$image | Export-EcsImage -Format qcow2 -Wait").Code());
    }

    [Fact]
    public void WhatIf_and_DryRun_change_nothing()
    {
        Shell.Run($"$image | Export-EcsImage -Destination '{_world.In("out.raw")}' -BucketName new-bucket-1 -WhatIf");
        Assert.Contains(Shell.Host.Lines, static l => l.StartsWith("What if: ", StringComparison.Ordinal) && l.Contains("new bucket new-bucket-1", StringComparison.Ordinal));
        Assert.Empty(Shell.Run("$image | Export-EcsImage -DryRun"));
        Assert.Null(Shell.FindObjects("new-bucket-1"));
        Assert.Empty(Shell.Run("Get-EcsTask -Action ExportImage"));
        Assert.Empty(_world.Leftovers());
    }

    [Fact]
    public void An_export_whose_wait_ran_out_is_gone_on_with()
    {
        Shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.2");
        Assert.Equal("WaitTimedOut", Shell.Error($"$image | Export-EcsImage -Destination '{_world.In("out.qcow2")}' -Wait -TimeoutSec 1").Code());
        Assert.Single(_world.Leftovers());
        Shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000");
        Shell.Run($"$null = $image | Export-EcsImage -Destination '{_world.In("out.qcow2")}' -Wait");
        Assert.Single(Shell.Run("Get-EcsTask -Action ExportImage"));
        Assert.True(_world.HoldSame(_raw, _world.In("out.qcow2")));
        Assert.Empty(_world.Leftovers());
    }
}
