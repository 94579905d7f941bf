namespace EcsImages.PowerShell.Tests;

/// <summary>Environment variables as on a machine that knows no account, put back afterwards.</summary>
internal sealed class EmptyHome : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public EmptyHome(params (string Name, string Value)[] variables)
    {
        Folder = Path.Combine(Path.GetTempPath(), $"ecsimage-home-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Folder);
        string[] names = ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_PROFILE", "ALIBABA_CLOUD_REGION_ID"];
        foreach (var name in names) Set(name, null);
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
