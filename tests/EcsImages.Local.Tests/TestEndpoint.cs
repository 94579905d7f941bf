using EcsImages.Core;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

/// <summary>An endpoint on a folder of its own, gone with the test.</summary>
internal sealed class TestEndpoint : IAsyncDisposable
{
    private readonly List<ILocalEndpoint> _open = [];
    private readonly List<TestClient> _clients = [];

    public ManualClock Clock { get; } = new();

    public string Folder { get; private init; } = Path.Combine(Path.GetTempPath(), "ecs-local-" + Guid.NewGuid().ToString("N"));

    public ILocalEndpoint Endpoint => _open[0];

    public static Task<TestEndpoint> StartAsync() => StartAsync(new TestEndpoint());

    /// <summary>One on a folder that is there already.</summary>
    public static Task<TestEndpoint> OnAsync(string folder, DateTimeOffset now) => StartAsync(new TestEndpoint { Folder = folder, Clock = { Now = now } });

    private static async Task<TestEndpoint> StartAsync(TestEndpoint endpoint)
    {
        await endpoint.OpenAsync();
        return endpoint;
    }

    /// <summary>One more endpoint on the same folder, as another process has it.</summary>
    public async Task<ILocalEndpoint> OpenAsync(TimeProvider? clock = null)
    {
        var endpoint = await new LocalEndpointFactory().OpenAsync(new() { Path = Folder, Clock = clock ?? Clock }, CancellationToken.None);
        _open.Add(endpoint);
        return endpoint;
    }

    /// <summary>A client with the keys of that account.</summary>
    public async Task<TestClient> ClientAsync(string account = "main", ILocalEndpoint? endpoint = null)
    {
        endpoint ??= Endpoint;
        var client = new TestClient(endpoint, await endpoint.OpenAccountAsync(account, CancellationToken.None), Clock);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client with the key of a RAM user, limited by a policy from now on, if one is given.</summary>
    public async Task<TestClient> UserAsync(string user = "builder", string? policy = null, string account = "main", ILocalEndpoint? endpoint = null)
    {
        endpoint ??= Endpoint;
        var client = new TestClient(endpoint, await endpoint.OpenUserAsync(account, user, policy, CancellationToken.None), Clock);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client with the keys of a session, out of the reply that issued it.</summary>
    public TestClient Session(TestClient asker, Answer issued)
    {
        var credentials = issued.Body.GetProperty("Credentials");
        var client = new TestClient(Endpoint, asker.Account with
        {
            Credential = new(credentials.GetProperty("AccessKeyId").GetString()!, credentials.GetProperty("AccessKeySecret").GetString()!, credentials.GetProperty("SecurityToken").GetString()),
        }, Clock);
        _clients.Add(client);
        return client;
    }

    /// <summary>Puts rows in, as operations that are tested elsewhere would.</summary>
    public void Arrange(Action<Session> change)
    {
        using var database = Database.Open(new() { Path = Folder, Clock = Clock });
        using var session = database.Write();
        change(session);
        session.Commit();
    }

    /// <summary>An own image of that name, which is ready.</summary>
    public Image AddImage(TestClient owner, string name, Func<Image, Image>? change = null)
    {
        var image = new Image
        {
            Id = Ids.Image("cn-hangzhou"),
            Name = name,
            Owner = owner.Account.AccountId,
            RegionId = "cn-hangzhou",
            SizeGiB = 40,
            BootMode = "UEFI-Preferred",
            CreatedAt = Clock.Now,
            StartedAt = Clock.Now,
            Disks = [new("/dev/xvda", "system", 40, Ids.Snapshot("cn-hangzhou"), "")],
        };
        image = change?.Invoke(image) ?? image;
        Arrange(s => ImageRows.Insert(s, image));
        return image;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        foreach (var endpoint in _open) await endpoint.DisposeAsync();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
