namespace EcsImages.PowerShell.Tests;

/// <summary>One shell for the tests of a class, with $us, $public, $instance and $image; its work is done at once.</summary>
public sealed class SharedShell : IDisposable
{
    private readonly Lazy<TestShell> _shell = new(static () =>
    {
        var shell = new TestShell(speed: 10_000);
        shell.MakeImage();
        return shell;
    });

    internal TestShell Shell => _shell.Value;

    public void Dispose()
    {
        if (_shell.IsValueCreated) _shell.Value.Dispose();
    }
}
