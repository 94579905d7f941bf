using System.Globalization;

namespace EcsImages.PowerShell.Tests;

/// <summary>What the examples speak of: instances, images, snapshots, imports, a second account.</summary>
internal static class HelpWorld
{
    private const string Partner = "1234567890123456";

    private static readonly Lazy<TestShell> Shared = new(static () =>
    {
        var shell = new TestShell(connect: false);
        Make(shell, null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(shell.Folder, recursive: true);
        return shell;
    });

    // The examples find it as ./bake.ps1.
    private static readonly Lazy<string> Script = new(static () =>
    {
        var file = Path.Combine(Environment.CurrentDirectory, "bake.ps1");
        File.WriteAllText(file, "Get-EcsImage -Family web -Latest | Copy-EcsImage -DestinationRegionId cn-beijing -Wait");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return file;
    });

    // And these by their names: what is built, and what is run.
    private static readonly Lazy<string[]> Texts = new(static () =>
    {
        (string Name, string Text)[] texts = [("nginx.imagefile", "FROM IMAGE_FAMILY:acs:ubuntu_24_04_x64\nRUN apt-get update\nRUN apt-get install -y nginx\n"), ("nginx.component", "RUN yum install -y nginx\n"), ("patch.sh", "dnf -y upgrade\n")];
        var files = texts.Select(static t => (Path: Path.Combine(Environment.CurrentDirectory, t.Name), t.Text)).ToArray();
        foreach (var (path, text) in files) File.WriteAllText(path, text);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Array.ForEach(files, static f => File.Delete(f.Path));
        return [.. files.Select(static f => f.Path)];
    });

    // And these as ./disk.raw and ./disk.vmdk; what they are converted to is removed with them.
    private static readonly Lazy<string[]> Disks = new(static () =>
    {
        var files = ((string[])["disk.raw", "disk.vmdk", "base.qcow2", "disk.qcow2", "disk.img", "web.qcow2", "web-xvdb.qcow2"]).Select(static f => Path.Combine(Environment.CurrentDirectory, f)).ToArray();
        // A run that was killed may have left them.
        Array.ForEach(files, File.Delete);
        File.WriteAllBytes(files[0], BootDisk());
        using var shell = new TestShell(connect: false);
        foreach (var made in files[1..3]) shell.Run($"$null = Convert-EcsImageFile '{files[0]}' '{made}' -Force");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Array.ForEach(files, File.Delete);
        return files;
    });

    // A disk of 1 MiB with boot code and one active partition: a BIOS would start it.
    private static byte[] BootDisk()
    {
        var disk = new byte[1 << 20];
        (disk[0], disk[446], disk[450], disk[454], disk[459], disk[510], disk[511]) = (0xFA, 0x80, 0x83, 64, 4, 0x55, 0xAA);
        return disk;
    }

    /// <summary>A shell that is connected to it; to one of its own, if the example changes it.</summary>
    public static TestShell Open(HelpExample example, bool changes)
    {
        Assert.True(File.Exists(Script.Value));
        Assert.All(Disks.Value[..3], static f => Assert.True(File.Exists(f)));
        Assert.All(Texts.Value, static f => Assert.True(File.Exists(f)));
        var shell = new TestShell(connect: false);
        if (changes) Make(shell, example);
        var folder = changes ? shell.Folder : Shared.Value.Folder;
        // A copy that is to be stopped must still be under way.
        var speed = example.Cmdlet is "Stop-EcsImageCopy" or "Stop-EcsImagePipelineExecution" ? 0.01 : 1000;
        shell.Run(string.Create(CultureInfo.InvariantCulture, $"""
            $null = Connect-EcsAccount -Local -Path '{folder}' -Account {Partner} -RegionId cn-hangzhou -Speed {speed}
            $null = Connect-EcsAccount -Local -Path '{folder}' -Account us -RegionId cn-hangzhou -Speed {speed}
            """));
        return shell;
    }

    private static void Make(TestShell shell, HelpExample? example)
    {
        MakeImages(shell);
        MakePipelines(shell);
        TaskWorld.Furnish(shell);
        shell.MakeBucket(name: "my-images-cn-hangzhou");
        foreach (var key in (string[])["base.qcow2", "data.qcow2"]) shell.PutObject(key, File.ReadAllBytes(Disks.Value[2]), name: "my-images-cn-hangzhou");
        shell.Run($"""
            $null = {TaskWorld.Import("imported")} | Wait-EcsTask
            $null = {TaskWorld.Import("not-imported", "broken.qcow2", "QCOW2")} | Wait-EcsTask -ErrorAction SilentlyContinue
            """);
        // What is got or stopped must still be under way; what is waited for should end.
        var speed = example?.Cmdlet == "Wait-EcsTask" ? 0.2 : 0.01;
        shell.Run(string.Create(CultureInfo.InvariantCulture, $"""
            $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed {speed}
            $null = {TaskWorld.Import("under-way")}
            """));
        // These take their time, and only their own examples speak of them.
        if (example is null || example.Cmdlet.EndsWith("EcsImageUpdate", StringComparison.Ordinal)) MakeUpdates(shell, example);
        else shell.Run("$null = Disconnect-EcsAccount -All");
    }

    // A component in two versions, and a pipeline that uses neither and has run once.
    private static void MakePipelines(TestShell shell) => shell.Run("""
        $null = New-EcsImageComponent tools 'RUN yum install -y git jq'
        $null = New-EcsImageComponent tools 'RUN yum install -y git jq tmux'
        $null = New-EcsImageComponent nginx 'RUN yum install -y nginx'
        $null = New-EcsImagePipeline web -Family web -BuildContent 'RUN yum update -y' -ImageName web | Start-EcsImagePipeline -Wait
        """);

    // One that has ended well, one that has not, and one that is under way for as long as an example takes.
    private static void MakeUpdates(TestShell shell, HelpExample? example) => shell.Run(string.Create(CultureInfo.InvariantCulture, $"""
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 1000
        $base = Get-EcsImage -Name web-2026-11
        $null = $base | Update-EcsImage -Command 'dnf -y upgrade' -InstanceType ecs.g7.large -Name web-updated -Wait
        $null = $base | Update-EcsImage -Command 'dnf -y upgrade' -InstanceType ecs.g7.large -RamRoleName nobody -Wait -ErrorAction SilentlyContinue
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed {(example?.Cmdlet == "Wait-EcsImageUpdate" ? 0.2 : 0.001)}
        $null = $base | Update-EcsImage -Command 'dnf -y upgrade' -InstanceType ecs.g7.large -Name web-under-way
        $null = Disconnect-EcsAccount -All
        """));

    private static void MakeImages(TestShell shell) => shell.Run($$"""
        $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 1000
        $null = Connect-EcsAccount -Local -Path $folder -Account {{Partner}} -RegionId cn-hangzhou -Speed 1000
        $public = Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest
        $theirs = New-EcsInstance $public ecs.g7.large -Name theirs -Wait
        $null = New-EcsCustomImage -InstanceId $theirs.InstanceId -Name shared -Wait | Add-EcsImageShare -AccountId $us.AccountId
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 1000
        $instance = New-EcsInstance $public ecs.g7.large -Name web-1 -DataDiskSizeGiB 20 -Wait
        $images = '08', '09', '10', '11' | ForEach-Object { New-EcsCustomImage -InstanceId $instance.InstanceId -Name "web-2026-$_" -Family web -Wait }
        $null = $images | Add-EcsImageTag -Tag @{ team = 'web'; stage = 'test' }
        $null = $images[0] | Add-EcsImageShare -AccountId {{Partner}}
        $null = $images[2] | New-EcsInstance -InstanceType ecs.g7.large -Name web-2 -Wait
        $null = New-EcsInstance $public ecs.g7.large -Name web-3 -Wait | Stop-EcsInstance -Wait
        $null = New-EcsCustomImage -InstanceId $instance.InstanceId -Name web-public -Wait | Publish-EcsImage -Confirm:$false
        New-EcsCustomImage -InstanceId $instance.InstanceId -Name web-2026-07 -Wait | Remove-EcsImage -Confirm:$false
        $null = $instance | Get-EcsDisk -DiskType system | New-EcsSnapshot -Name web-system -Wait
        $null = $instance | Get-EcsDisk -DiskType data | New-EcsSnapshot -Name web-data -Wait
        """);
}
