using System.Net;

namespace EcsImages.Emulator.Tests;

/// <summary>An emulator on a free port, with a folder of its own.</summary>
internal sealed class TestEmulator : IAsyncDisposable
{
    private readonly EmulatorServer _server;
    private readonly string _folder;

    private TestEmulator(EmulatorServer server, string folder) => (_server, _folder) = (server, folder);

    public Uri Address => _server.Address;

    public string Folder => _folder;

    public static Task<TestEmulator> StartAsync(TimeProvider? clock = null, params AccessKey[] keys) => StartAsync(static o => o, clock, keys);

    public static async Task<TestEmulator> StartAsync(Func<EmulatorOptions, EmulatorOptions> change, TimeProvider? clock = null, params AccessKey[] keys)
    {
        var folder = Directory.CreateTempSubdirectory("ecs-emulator-test-").FullName;
        var server = await EmulatorServer.StartAsync(change(new EmulatorOptions
        {
            Path = folder,
            Port = 0,
            Address = IPAddress.Loopback,
            AccessKeys = keys.Length == 0 ? [EmulatorOptions.DefaultKey] : keys,
            Clock = clock ?? TimeProvider.System,
        }), CancellationToken.None);
        return new TestEmulator(server, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
