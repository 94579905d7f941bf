using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Support;

/// <summary>Clients over a script, whose pauses between attempts take no real time.</summary>
internal static class TestClient
{
    public const string Region = "cn-hangzhou";
    public const string Account = "1234567890123456";
    public static readonly AcsCredential Key = new("LTAItestKeyIdOfMine", "testSecretNobodyMaySee");
    public static readonly TimeSpan Total = TimeSpan.FromSeconds(181);
    public static readonly TimeSpan Attempt = TimeSpan.FromSeconds(31);

    /// <summary>A clock on which pauses pass at once, but not the limits of attempts and calls.</summary>
    public static ManualClock Clock() => new() { Jumps = static due => due != Total && due != Attempt };

    public static AcsClient Over(HttpMessageHandler handler, ManualClock? clock = null, ICredentialSource? key = null, AcsEndpoints? endpoints = null)
    {
        var nonces = 0;
        return new AcsClient(new HttpMessageInvoker(handler), new AcsClientOptions
        {
            Credentials = key ?? new StaticCredentials(Key, "test"),
            Endpoints = endpoints ?? AcsEndpoints.Public,
            Clock = clock ?? Clock(),
            Nonce = () => "nonce" + Interlocked.Increment(ref nonces).ToString(CultureInfo.InvariantCulture),
            Retry = new RetryPolicy { TotalTime = Total, AttemptTime = Attempt, Random = static () => 0.5 },
        });
    }

    public static EcsAccess Access(HttpMessageHandler handler, ManualClock? clock = null) => new(Over(handler, clock), Account);
}
