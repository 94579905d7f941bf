using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;

namespace EcsImages.PowerShell.Sessions;

/// <summary>Makes contexts: of the embedded endpoint, of a key, or of what the environment and the profile file hold.</summary>
internal sealed class Connecting(ICallLog log)
{
    /// <summary>Names the region that is used when no other is named.</summary>
    public const string RegionVariable = "ALIBABA_CLOUD_REGION_ID";

    private const string LocalRegion = "cn-hangzhou";

    // Pooled connections are renewed, so that a changed DNS entry is seen by a session that lives for days.
    private static readonly HttpMessageInvoker Network = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // The API never redirects; following one would carry a session token to another host.
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        MaxConnectionsPerServer = 32,
    });

    // An object whose Content-Encoding is gzip is those bytes: its length and checksums are theirs.
    private static readonly HttpMessageInvoker Objects = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
    });

    private static readonly NearbyService Nearby = new(new HttpMessageInvoker(NearbyService.CreateHandler()), TimeProvider.System);

    /// <summary>An account of the embedded endpoint, or a RAM user of one.</summary>
    public async Task<EcsContext> LocalAsync(
        LocalEndpoints endpoints, string path, double speed, string account, string? user, string? policyDocument, string? regionId, CancellationToken stop)
    {
        var endpoint = await endpoints.OpenAsync(path, speed, stop).ConfigureAwait(false);
        var opened = user is null
            ? await endpoint.OpenAccountAsync(account, stop).ConfigureAwait(false)
            : await endpoint.OpenUserAsync(account, user, policyDocument, stop).ConfigureAwait(false);
        var client = new AcsClient(new HttpMessageInvoker(endpoint.CreateHandler()), new AcsClientOptions
        {
            Credentials = new StaticCredentials(opened.Credential, "embedded endpoint"),
        });
        var region = regionId ?? Variable(RegionVariable) ?? LocalRegion;
        var connection = await EcsConnection.OpenAsync(client, log, region, $"local: {path}", "embedded endpoint", endpoint, stop).ConfigureAwait(false);
        return new EcsContext(connection, opened.Name, region);
    }

    /// <summary>A credential that was handed in.</summary>
    public Task<EcsContext> WithKeyAsync(AcsCredential key, string? endpoint, string? regionId, CancellationToken stop) =>
        OpenAsync(new StaticCredentials(key, "PSCredential"), null, endpoint, regionId ?? Variable(RegionVariable), stop);

    /// <summary>A profile by name.</summary>
    public async Task<EcsContext> WithProfileAsync(string? name, string path, string? endpoint, string? regionId, CancellationToken stop)
    {
        var profile = await ProfileCredentials.FindAsync(path, name, Around(endpoint), stop).ConfigureAwait(false)
            ?? throw new CredentialException("NoCredentials", $"There is no profile file at {path}.");
        return await OpenAsync(profile, profile.Name, endpoint, regionId ?? Variable(RegionVariable) ?? profile.RegionId, stop).ConfigureAwait(false);
    }

    /// <summary>What the official clients would find on this machine; never the embedded endpoint.</summary>
    public async Task<EcsContext> FromSurroundingsAsync(string? endpoint, string? regionId, CancellationToken stop)
    {
        var found = await CredentialChain.FindAsync(Around(endpoint), stop).ConfigureAwait(false);
        return await OpenAsync(found.Source, found.Name, endpoint, regionId ?? Variable(RegionVariable) ?? found.RegionId, stop).ConfigureAwait(false);
    }

    private static CredentialSurroundings Around(string? endpoint) => new()
    {
        Variable = Environment.GetEnvironmentVariable,
        Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Sts = (key, sts) => Client(key, endpoint, sts),
        Nearby = Nearby,
    };

    private async Task<EcsContext> OpenAsync(ICredentialSource credentials, string? name, string? endpoint, string? regionId, CancellationToken stop)
    {
        var region = regionId ?? throw new CredentialException("NoRegion",
            $"No region is named. Add -RegionId, such as cn-hangzhou; or set {RegionVariable}, or region_id in the profile.");
        var client = Client(credentials, endpoint);
        var where = endpoint ?? (IsInPrivateNetwork ? "Alibaba Cloud, private network" : "Alibaba Cloud");
        var connection = await EcsConnection.OpenAsync(client, log, region, where, credentials.Description, null, stop).ConfigureAwait(false);
        return new EcsContext(connection, name, region);
    }

    // An endpoint for all requests is for those of STS too.
    private static AcsClient Client(ICredentialSource credentials, string? endpoint, AcsEndpoints? sts = null) => new(Network, new AcsClientOptions
    {
        Credentials = credentials,
        Endpoints = endpoint is null ? sts ?? (IsInPrivateNetwork ? AcsEndpoints.Private : AcsEndpoints.Public) : AcsEndpoints.At(endpoint),
        Objects = Objects,
    });

    // The official credentials libraries read it for STS; who says so of STS says so of the network.
    private static bool IsInPrivateNetwork => Around(null).Says(CredentialVariables.IsPrivateNetwork);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
