namespace EcsImages.PowerShell.Tests.Building;

public sealed class PipelinePlanTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void WhatIf_shows_what_would_be_built_on_what_where_it_would_go_and_who_would_get_it()
    {
        var file = Path.Combine(_shell.Folder, "shown.imagefile");
        File.WriteAllText(file, "FROM IMAGE_FAMILY:acs:ubuntu_24_04_x64\nCOMPONENT acs:ecs:cn-hangzhou:" + _shell.Text("$us.AccountId") + ":imagecomponent/plan-part:1.*.*\nRUN apt-get update && \\\n  apt-get install -y nginx\n");
        _shell.Run("$part = New-EcsImageComponent plan-part 'RUN true'");
        var (run, plan) = WhatIf($"New-EcsImagePipeline -Path '{file}' -ImageComponentId $part -TestContent 'RUN nginx -v' -InstanceType ecs.g7.large -SystemDiskSizeGiB 60 -InternetMaxBandwidthOut 10 -RepairMode Customized -RepairItem Dhcp, Grub "
            + "-KeepInstanceOnFailure -ImageName web -ImageFamily webs -NvmeSupport auto -ImageTag @{ a = 'b' } -DestinationRegionId cn-hangzhou, cn-beijing -AccountId 1234567890123456");
        Assert.Empty(run.Errors);
        Assert.Empty(run.Output);
        var newest = _shell.Run("Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest")[0];
        Assert.Equal(
        [
            "What if: Performing the operation \"Create image pipeline\" on target \"shown in cn-hangzhou\".",
            $"  Source      the newest image of acs:ubuntu_24_04_x64 at the time, now {newest.ImageId} ({newest.OSName}, x86_64, {newest.SizeGiB} GiB)",
            "  Machine     ecs.g7.large, system disk of 60 GiB, in a network of its own, which goes away, 10 Mbit/s to the Internet, kept, and billed, when it fails",
            "  Repair      Customized: Dhcp, Grub",
            "  Build       3 commands",
            $"           1  COMPONENT {_shell.Text("$part.ImageComponentId")}  (plan-part, 1.0.0)",
            $"           2  COMPONENT acs:ecs:cn-hangzhou:{_shell.Text("$us.AccountId")}:imagecomponent/plan-part:1.*.*  (plan-part, 1.0.0, {_shell.Text("$part.ImageComponentId")})",
            "           3  RUN apt-get update &&   apt-get install -y nginx",
            "  Test        1 command",
            "           1  RUN nginx -v",
            "  Image       web_(id of the execution), family webs, NVMe auto, tags a = b",
            "  Regions     cn-hangzhou, cn-beijing; a pipeline cannot encrypt: Copy-EcsImage -Encrypted does",
            "  Shared with 1234567890123456",
        ], plan);
        Assert.Empty(_shell.Run("Get-EcsImagePipeline -Name shown"));
    }

    [Fact]
    public void WhatIf_reads_and_does_nothing_else()
    {
        var (run, plan) = WhatIf("New-EcsImagePipeline least -ImageId $image.ImageId -Verbose");
        var called = run.Verbose.Where(static v => v.Contains(", RequestId ", StringComparison.Ordinal)).Select(static v => v.Split(' ')[0]).Distinct().ToArray();
        Assert.All(called, static c => Assert.StartsWith("Describe", c, StringComparison.Ordinal));
        Assert.NotEmpty(called);
        foreach (var line in (string[])["  Build       nothing: the image is as its source", "  Test        none", "  Image       a name of the service's choice", "  Shared with nobody"]) Assert.Contains(line, plan);
        Assert.Contains("the smallest instance type in stock, system disk of 40 GiB, in a network of its own, which goes away, without Internet, deleted when it fails", string.Join('\n', plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_content_and_a_missing_image_are_errors_with_WhatIf_too()
    {
        Assert.Equal("EmptyCommandContent.RUN", _shell.Error("New-EcsImagePipeline wrong -ImageId $image.ImageId -BuildContent RUN -WhatIf").Code());
        Assert.Equal("InvalidImageId.NotFound", _shell.Error("New-EcsImagePipeline wrong -ImageId m-missing -WhatIf").Code());
    }

    [Fact]
    public void Objects_are_shown_with_how_they_would_be_imported() =>
        Assert.Contains("  Source      my-disks/base.qcow2, imported as Ubuntu, x86_64, UEFI", WhatIf("New-EcsImagePipeline disk -BucketName my-disks -ObjectKey base.qcow2 -Platform Ubuntu -BootMode UEFI").Plan);

    private (Outcome Run, string[] Plan) WhatIf(string script)
    {
        var said = _shell.Host.Lines.Count;
        var run = _shell.Try($"{script} -WhatIf");
        return (run, [.. _shell.Host.Lines.Skip(said).SkipWhile(static l => !l.StartsWith("What if", StringComparison.Ordinal)).SelectMany(static l => l.Split('\n'))]);
    }
}
