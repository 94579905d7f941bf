namespace EcsImages.PowerShell.Tests;

/// <summary>A shell with a bucket that has a disk, web.raw, and broken.qcow2, which is none; its work is done at once.</summary>
public sealed class TaskWorld : IDisposable
{
    // Each piece of work takes minutes: what is to be seen under way stays so.
    public const string Slow = "$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.01";
    public const string Fast = "$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000";

    private readonly Lazy<TestShell> _shell = new(static () =>
    {
        var shell = new TestShell(speed: 10_000);
        Furnish(shell);
        return shell;
    });

    internal TestShell Shell => _shell.Value;

    /// <summary>The bucket, the roles and the objects.</summary>
    internal static void Furnish(TestShell shell)
    {
        shell.MakeBucket();
        shell.PutObject("web.raw", Disk());
        shell.PutObject("broken.qcow2", Disk());
    }

    /// <summary>Sets $task to the reply of an import, in a shell that may lack all that it takes.</summary>
    internal static void MakeTask(TestShell shell)
    {
        Furnish(shell);
        shell.Run($"$task = {Import($"task-{Guid.NewGuid():N}")}");
    }

    /// <summary>A megabyte that looks like a disk: it has the signature of a boot record.</summary>
    internal static byte[] Disk()
    {
        var disk = new byte[1 << 20];
        (disk[510], disk[511]) = (0x55, 0xAA);
        return disk;
    }

    /// <summary>A script that begins an import and writes the reply.</summary>
    internal static string Import(string name, string key = "web.raw", string format = "RAW", string more = "") =>
        $"Invoke-EcsApi ImportImage @{{ ImageName = '{name}'; DiskDeviceMapping = @{{ OSSBucket = '{ObjectStore.BucketName}'; OSSObject = '{key}'; Format = '{format}' }}; {more} }} -Confirm:$false";

    /// <summary>The same, leaving it under way, as an expression.</summary>
    internal static string SlowImport(string name) => $"$({Slow}; {Import(name)}; {Fast})";

    public void Dispose()
    {
        if (_shell.IsValueCreated) _shell.Value.Dispose();
    }
}
