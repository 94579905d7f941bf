using EcsImages.Core.Acs.Credentials;

namespace EcsImages.Core.Tests.Support;

/// <summary>A machine as a search for credentials sees it: variables, a folder, an STS, and a metadata service or credentials URI.</summary>
internal sealed class TestSurroundings
{
    private static int _machines;
    private readonly Uri _metadata = new($"http://metadata-{Interlocked.Increment(ref _machines)}.test");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Home { get; init; } = Path.Combine(Path.GetTempPath(), "no-such-home");

    public HttpMessageHandler StsHandler { get; init; } = new ScriptedHandler();

    public HttpMessageHandler NearbyHandler { get; init; } = new ScriptedHandler();

    // It jumps over nothing: a patience would be over before it began.
    public ManualClock Clock { get; init; } = new();

    /// <summary>The STS addresses that profiles and variables asked for, in their order.</summary>
    public List<string?> StsEndpoints { get; } = [];

    public CredentialSurroundings Around => new()
    {
        Variable = Variables.GetValueOrDefault,
        Home = Home,
        Sts = (key, endpoint) =>
        {
            StsEndpoints.Add(endpoint?.Fixed?.Host);
            return TestClient.Over(StsHandler, Clock, key);
        },
        Nearby = new NearbyService(new HttpMessageInvoker(NearbyHandler), Clock),
        Clock = Clock,
        MetadataAddress = _metadata,
    };
}
