namespace EcsImages.PowerShell.Tests.Transfer;

public sealed class ImportTests : IDisposable
{
    private readonly TransferWorld _world = new();

    private TestShell Shell => _world.Shell;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("disk.vmdk")]
    [InlineData("disk.qcow2")]
    [InlineData("disk.vhd")]
    [InlineData("disk.vhdx")]
    [InlineData("disk.img")]
    public void What_is_imported_from_a_file_comes_out_again_byte_for_byte(string name)
    {
        var raw = _world.MakeRaw();
        Shell.Run($"$null = Convert-EcsImageFile '{raw}' '{_world.In(name)}'");
        var image = Shell.Run($"$image = Import-EcsImage -Path '{_world.In(name)}' -Name web-2026 -Wait; $image")[0];
        Assert.Equal(("web-2026", "Available", 1), ((string)image.Name, (string)image.Status, (int)image.SizeGiB));
        Assert.StartsWith("t-", (string)image.TaskId, StringComparison.Ordinal);
        Assert.Empty(_world.Objects()!);
        var export = Shell.Run($"$image | Export-EcsImage -Destination '{_world.In("out.qcow2")}' -Wait")[0];
        Assert.Equal((_world.In("out.qcow2"), "Finished"), ((string)export.Path[0], (string)export.Status));
        Assert.True(_world.HoldSame(raw, _world.In("out.qcow2")));
        Assert.Empty(_world.Objects()!);
        Assert.Empty(_world.Leftovers());
    }

    [Fact]
    public void Zeros_do_not_travel()
    {
        // Stored zeros, as dd makes them.
        var bytes = new byte[24 << 20];
        new Random(1).NextBytes(bytes.AsSpan(5 << 20, 1 << 20));
        File.WriteAllBytes(_world.In("dense.raw"), bytes);
        Shell.Run($"$null = Import-EcsImage '{_world.In("dense.raw")}' -Name dense -KeepObject -Wait");
        Assert.InRange(Assert.Single(_world.Objects()!).Size, 1 << 20, 2 << 20);
    }

    [Fact]
    public void The_bucket_of_ones_choice_is_made_where_it_is_not_there_and_keeps_the_object_on_demand()
    {
        var disk = _world.MakeVmdk();
        Shell.Run($"$null = Import-EcsImage '{disk}' -Name kept -BucketName my-own-bucket -KeepObject -Wait");
        var key = Assert.Single(Shell.FindObjects("my-own-bucket")!).Key;
        Assert.StartsWith("kept-", key, StringComparison.Ordinal);
        var again = Shell.Run($"Import-EcsImage -BucketName my-own-bucket -ObjectKey '{key}' -Name from-object -SizeGiB 20 -Wait")[0];
        Assert.Equal(("Available", 20), ((string)again.Status, (int)again.SizeGiB));
        Assert.Single(Shell.FindObjects("my-own-bucket")!);
    }

    [Fact]
    public void Objects_become_a_system_disk_and_data_disks()
    {
        var disk = _world.MakeVmdk();
        Shell.Run($"foreach ($n in 'one', 'two') {{ Import-EcsImage '{disk}' -Name $n -BucketName my-own-bucket -KeepObject -Wait | Remove-EcsImage -Confirm:$false }}");
        var keys = Shell.FindObjects("my-own-bucket")!.Select(static o => o.Key).ToArray();
        Assert.Equal(2, keys.Length);
        var image = Shell.Run($"Import-EcsImage -BucketName my-own-bucket -DiskMapping @{{ ObjectKey = '{keys[0]}' }}, @{{ ObjectKey = '{keys[1]}'; SizeGiB = 40 }} -Name both -Platform Ubuntu -Wait")[0];
        Assert.Equal("Ubuntu", (string)image.Platform);
        Assert.Equal(["/dev/xvda 1 GiB", "/dev/xvdb 40 GiB"], ((IEnumerable<object>)image.Disks).Select(static d => d.ToString()));
    }

    [Fact]
    public void What_the_caller_says_goes_before_what_the_file_tells()
    {
        var image = Shell.Run($"Import-EcsImage '{_world.MakeVmdk()}' -Name said -Platform 'Rocky Linux' -Architecture arm64 -NvmeSupport supported -Description 'as told' -Tag @{{ a = 'b' }} -SizeGiB 40 -Wait")[0];
        Assert.Equal(("Rocky Linux", "arm64", "supported", "as told", 40), ((string)image.Platform, (string)image.Architecture, (string)image.NvmeSupport, (string)image.Description, (int)image.SizeGiB));
        Assert.Equal("b", (string)image.Tags["a"]);
    }

    [Fact]
    public void UEFI_Preferred_is_set_once_the_image_is_there() =>
        Assert.Equal("UEFI-Preferred", Shell.Text($"(Import-EcsImage '{_world.MakeVmdk()}' -Name preferred -BootMode UEFI-Preferred -Wait).BootMode"));

    [Theory]
    [InlineData("'{0}'")]
    [InlineData("-BucketName my-own-bucket -ObjectKey $key")]
    public void Who_does_not_wait_is_told_how_UEFI_Preferred_is_set(string source)
    {
        var disk = _world.MakeVmdk();
        Shell.Run($"$null = Import-EcsImage '{disk}' -Name first -BucketName my-own-bucket -KeepObject -Wait");
        Shell.Run($"$key = '{Assert.Single(Shell.FindObjects("my-own-bucket")!).Key}'; $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.2");
        var shown = Shell.Try($"Import-EcsImage {source.Replace("{0}", disk, StringComparison.Ordinal)} -Name preferred -BootMode UEFI-Preferred -WhatIf");
        Assert.Empty(shown.Errors);
        if (source[0] == '\'') Assert.Contains(Shell.Host.Lines, static l => l.Contains("BIOS (UEFI-Preferred is to be set afterwards)", StringComparison.Ordinal));
        var run = Shell.Try($"$image = Import-EcsImage {source.Replace("{0}", disk, StringComparison.Ordinal)} -Name preferred -BootMode UEFI-Preferred; $image");
        Assert.Empty(run.Errors);
        var line = Assert.Single(run.Warnings, static w => w.Contains("Set-EcsImage ", StringComparison.Ordinal));
        Shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000; $null = $image | Wait-EcsImage");
        Shell.Run("$null = " + line[line.IndexOf("Set-EcsImage ", StringComparison.Ordinal)..]);
        Assert.Equal("UEFI-Preferred", Shell.Text("($image | Get-EcsImage).BootMode"));
    }

    [Theory]
    [InlineData("-OSType windows", true, "Aliyun")]
    [InlineData("-OSType windows -LicenseType BYOL", false, "BYOL")]
    [InlineData("-OSType linux", false, "")]
    public void Whose_license_a_Windows_runs_by_is_said_before_anything_is_sent(string options, bool isWarnedOf, string license)
    {
        var disk = _world.MakeVmdk();
        var shown = Shell.Try($"Import-EcsImage '{disk}' -Name licensed {options} -WhatIf");
        Assert.Equal(isWarnedOf, shown.Warnings.Any(static w => w.Contains("-LicenseType BYOL", StringComparison.Ordinal)));
        Assert.Null(_world.Objects());
        Assert.Equal(license, Shell.Text($"\"$((Import-EcsImage '{disk}' -Name licensed {options} -Wait -WarningAction SilentlyContinue).LicenseType)\""));
    }

    [Fact]
    public void WhatIf_shows_what_would_be_sent_and_changes_nothing()
    {
        var disk = _world.MakeVmdk();
        var run = Shell.Try($"Import-EcsImage '{disk}' -Name shown -WhatIf");
        Assert.Empty(run.Errors);
        var line = Assert.Single(Shell.Host.Lines, static l => l.StartsWith("What if: ", StringComparison.Ordinal));
        Assert.Contains("converted from VMDK to QCOW2", line, StringComparison.Ordinal);
        Assert.Contains("new bucket", line, StringComparison.Ordinal);
        Assert.Empty(Shell.Run("Get-EcsImage -ImageType Custom"));
        Assert.Empty(_world.Leftovers());
        Assert.Null(_world.Objects());
    }

    [Fact]
    public void Without_Wait_the_image_comes_at_once_and_the_same_command_with_Wait_clears_up()
    {
        var disk = _world.MakeVmdk();
        Shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.2");
        var begun = Shell.Try($"$begun = Import-EcsImage '{disk}' -Name later; $begun");
        Assert.Contains(begun.Warnings, static w => w.Contains("has to stay until the import is done", StringComparison.Ordinal));
        Assert.Equal("Creating", (string)begun.Output[0].Status);
        Assert.Single(_world.Objects()!);
        Shell.Run("$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000");
        Assert.Equal("True", Shell.Text($"$ended = Import-EcsImage '{disk}' -Name later -Wait; \"$($ended.ImageId -eq $begun.ImageId -and $ended.Status -eq 'Available')\""));
        Assert.Empty(_world.Objects()!);
        Assert.Empty(_world.Leftovers());
    }

    [Fact]
    public void A_missing_role_is_told_with_the_lines_that_make_it()
    {
        var disk = _world.MakeVmdk();
        Shell.Run("$null = Invoke-EcsApi DetachPolicyFromRole @{ RoleName = 'AliyunECSImageImportDefaultRole'; PolicyType = 'System'; PolicyName = 'AliyunECSImageImportRolePolicy' } -Product ram -Confirm:$false");
        var error = Shell.Error($"Import-EcsImage '{disk}' -Name ab -Wait");
        Assert.Equal("NoSetRoletoECSServiceAcount", error.Code());
        var line = error.Text().Split('\n').Single(static l => l.StartsWith("Invoke-EcsApi ", StringComparison.Ordinal));
        Shell.Run($"$ConfirmPreference = 'None'; $null = {line}");
        Assert.Equal("Available", Shell.Text($"(Import-EcsImage '{disk}' -Name ab -Wait).Status"));
    }

    [Fact]
    public void A_full_region_is_told_before_a_byte_moves()
    {
        var disk = _world.MakeVmdk();
        Shell.MakeImage("filler-0");
        Shell.Run("""
            $snapshot = $instance | Get-EcsDisk -DiskType system | New-EcsSnapshot -Wait
            $null = 1..99 | ForEach-Object { New-EcsCustomImage -SnapshotId $snapshot.SnapshotId -Name "filler-$_" }
            """);
        Assert.Equal("QuotaExceed.Image", Shell.Error($"Import-EcsImage '{disk}' -Name ab -Wait").Code());
        Assert.Null(_world.Objects());
    }

    [Fact]
    public void A_refusal_after_the_upload_costs_no_second_upload()
    {
        var disk = _world.MakeVmdk();
        var refused = Shell.Try($"Import-EcsImage '{disk}' -Name again -Platform NoSuchSystem -Wait");
        Assert.Equal("InvalidPlatform.Malformed", Assert.Single(refused.Errors).Code());
        Assert.Contains(refused.Warnings, static w => w.Contains("sends none of it again", StringComparison.Ordinal));
        Assert.Single(_world.Objects()!);
        var mended = Shell.Try($"Import-EcsImage '{disk}' -Name again -Platform Ubuntu -Wait -Verbose");
        Assert.Empty(mended.Errors);
        Assert.DoesNotContain(mended.Verbose, static v => v.StartsWith("UploadPart ", StringComparison.Ordinal) || v.StartsWith("PutObject ", StringComparison.Ordinal));
        Assert.Equal("Available", (string)mended.Output[0].Status);
        Assert.Empty(_world.Objects()!);
    }

    [Fact]
    public void A_source_that_changed_after_a_broken_try_is_sent_as_it_is_now()
    {
        var disk = _world.MakeRaw();
        Assert.Equal("InvalidPlatform.Malformed", Shell.Error($"Import-EcsImage '{disk}' -Name changed -Platform NoSuchSystem").Code());
        using (var file = File.OpenWrite(disk))
        {
            file.Position = 7 << 20;
            file.Write("changed meanwhile"u8);
        }
        Shell.Run($"$null = Import-EcsImage '{disk}' -Name changed -Wait | Export-EcsImage -Destination '{_world.In("out.raw")}' -Wait");
        Assert.True(_world.HoldSame(disk, _world.In("out.raw")));
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_was_sent_and_says_so()
    {
        var disk = _world.In("noise.raw");
        var bytes = new byte[96 << 20];
        new Random(7).NextBytes(bytes);
        await File.WriteAllBytesAsync(disk, bytes);
        using (var ps = System.Management.Automation.PowerShell.Create(Shell.Runspace))
        {
            ps.AddScript($"Import-EcsImage '{disk}' -Name stopped -Wait -WarningAction SilentlyContinue");
            IAsyncResult? stopping = null;
            // Here and now: on a busy machine the upload would be over before another thread had heard of it.
            ps.Streams.Progress.DataAdded += (_, e) =>
            {
                if (ps.Streams.Progress[e.Index].StatusDescription.StartsWith("Uploading: ", StringComparison.Ordinal)) stopping ??= ps.BeginStop(null, null);
            };
            Assert.Empty(await Task.Run(() => ps.Invoke()).WaitAsync(TimeSpan.FromMinutes(1)));
            ps.EndStop(stopping);
        }
        Assert.Contains(Shell.Host.Lines, static l => l.Contains("the same command goes on from there", StringComparison.Ordinal));
        Assert.NotEmpty(_world.Leftovers());
        var again = Shell.Try($"Import-EcsImage '{disk}' -Name stopped -Wait -Verbose -WarningAction SilentlyContinue");
        Assert.Empty(again.Errors);
        Assert.DoesNotContain("; 0 bytes of it", again.Verbose.Single(static v => v.Contains("lay there already", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(_world.Leftovers());
    }

    [Fact]
    public void The_sample_brings_a_disk_there_and_back()
    {
        var said = Shell.Texts(File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "samples", "import-and-export.ps1")));
        Assert.Contains("Bytes that differ: 0; the image has whole GiB, so its disk is 1 GiB", said);
        Assert.Equal("Done.", said[^1]);
    }
}
