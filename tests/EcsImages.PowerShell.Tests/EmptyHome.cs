namespace EcsImages.PowerShell.Tests;

/// <summary>Environment variables as on a machine that knows no account, put back afterwards.</summary>
internal sealed class EmptyHome : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public EmptyHome(params (string Name, string Value)[] variables)
    {
        Folder = Path.Combine(Path.GetTempPath(), $"ecsimage-home-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Folder);
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(static n => n.StartsWith("ALIBABA_CLOUD_", StringComparison.Ordinal)).ToArray()) Set(name, null);
        // Not even where the tests run on an ECS instance, or on what answers like one.
        Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        Set("HOME", Folder);
        Set("USERPROFILE", Folder);
        foreach (var (name, value) in variables) Set(name, value);
    }

    public string Folder { get; }

    public void Dispose()
    {
        foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(Folder, recursive: true);
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
