namespace EcsImages.PowerShell.Tests.Transfer;

/// <summary>A shell on an endpoint of its own, and disk-image files in its folder.</summary>
internal sealed class TransferWorld : IDisposable
{
    private const int Seed = 20261201;

    public TransferWorld(double speed = 10_000)
    {
        Shell = new TestShell(speed: speed);
        Files = Path.Combine(Shell.Folder, "files");
        Directory.CreateDirectory(Files);
    }

    public TestShell Shell { get; }

    /// <summary>Where the files are.</summary>
    public string Files { get; }

    public string In(string name) => Path.Combine(Files, name);

    /// <summary>A raw disk with bytes here and there, and holes between.</summary>
    public string MakeRaw(string name = "disk.raw", int sizeMiB = 32, int dataMiB = 6)
    {
        using var file = File.Create(In(name));
        file.SetLength((long)sizeMiB << 20);
        var random = new Random(Seed);
        var block = new byte[1 << 20];
        for (var i = 0; i < dataMiB; i++)
        {
            random.NextBytes(block);
            file.Position = (long)(i * sizeMiB / dataMiB) << 20;
            file.Write(block);
        }
        return In(name);
    }

    /// <summary>The same disk in a format that has to be converted.</summary>
    public string MakeVmdk(string name = "disk.vmdk", int sizeMiB = 32, int dataMiB = 6)
    {
        var raw = MakeRaw("source-of-" + name + ".raw", sizeMiB, dataMiB);
        Shell.Run($"$null = Convert-EcsImageFile '{raw}' '{In(name)}'");
        return In(name);
    }

    /// <summary>Whether two files hold the same bytes, zeros at the end of the longer one apart.</summary>
    public bool HoldSame(string one, string other) => Shell.Text($"(Compare-EcsImageFile '{one}' '{other}').DifferentBytes") == "0";

    /// <summary>The objects in the bucket that imports and exports use without a name; null where it was never made.</summary>
    public IReadOnlyList<(string Key, long Size)>? Objects() => Shell.FindObjects($"ecs-image-{Shell.Text("$us.AccountId")}-cn-hangzhou");

    /// <summary>What is left of notes and pieces beside the files.</summary>
    public IEnumerable<string> Leftovers() => Directory.GetFiles(Files).Select(Path.GetFileName).OfType<string>()
        .Where(static f => f.Contains(".ecs", StringComparison.Ordinal) || f.Contains(".part", StringComparison.Ordinal) || f.Contains(".download", StringComparison.Ordinal));

    public void Dispose() => Shell.Dispose();
}
