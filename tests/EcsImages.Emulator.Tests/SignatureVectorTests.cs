namespace EcsImages.Emulator.Tests;

/// <summary>Requests that official clients sent are taken as they are; with one byte changed they are refused.</summary>
public sealed class SignatureVectorTests
{
    private static readonly string[] Refusals =
    [
        "SignatureDoesNotMatch", "IncompleteSignature", "InvalidAccessKeyId.NotFound", "InvalidTimeStamp.Expired", "IllegalTimestamp",
        "SignatureNonceUsed", "MissingSecurityToken", "InvalidSecurityToken.MismatchWithAccessKey",
    ];

    public static TheoryData<Vector> Signed => [.. VectorFile.All.Cases.Where(static v => v.Scheme is "ACS3-HMAC-SHA256" or "RPC-V1-HMAC-SHA1")
        // A path-style API of another product, and a published example whose date and body are not those that were signed.
        .Where(static v => v.Method is "GET" or "POST")];

    [Theory]
    [MemberData(nameof(Signed))]
    public async Task A_recorded_request_is_taken_at_its_time(Vector vector)
    {
        await using var emulator = await StartAsync(vector);
        var reply = await SendAsync(emulator, vector, vector.Url, vector.Body);
        Assert.DoesNotContain(Refusals, code => reply.Body.Contains(code, StringComparison.Ordinal));
        Assert.NotEqual(500, reply.Status);
    }

    [Theory]
    [MemberData(nameof(Signed))]
    public async Task A_recorded_request_with_one_byte_changed_is_refused(Vector vector)
    {
        await using var emulator = await StartAsync(vector);
        // A parameter is added where parameters stand; the signature covers all of them.
        var changed = vector.Url + (vector.Url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "x=1";
        var reply = await SendAsync(emulator, vector, changed, vector.Body);
        Assert.Contains("SignatureDoesNotMatch", reply.Body, StringComparison.Ordinal);
        if (vector.Body.Length == 0) return;
        var last = vector.Body[^1];
        reply = await SendAsync(emulator, vector, vector.Url, vector.Body[..^1] + (last == '1' ? '2' : '1'));
        Assert.Contains(Refusals, code => reply.Body.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_recorded_request_is_refused_when_it_comes_again_and_when_it_comes_late()
    {
        var vector = VectorFile.All.Cases.Single(static v => v.Id == "ecs-describeimages-basic");
        var clock = new ManualClock(vector.Date);
        await using var emulator = await TestEmulator.StartAsync(clock, Key(vector));
        Assert.Equal(200, (await SendAsync(emulator, vector, vector.Url, vector.Body)).Status);
        Assert.Contains("SignatureNonceUsed", (await SendAsync(emulator, vector, vector.Url, vector.Body)).Body, StringComparison.Ordinal);
        clock.Now += TimeSpan.FromMinutes(16);
        Assert.Contains("InvalidTimeStamp.Expired", (await SendAsync(emulator, vector, vector.Url, vector.Body)).Body, StringComparison.Ordinal);
    }

    private static Task<TestEmulator> StartAsync(Vector vector) => TestEmulator.StartAsync(new ManualClock(vector.Date), Key(vector));

    private static AccessKey Key(Vector vector)
    {
        var id = vector.Header("Authorization")?.Split("Credential=")[1].Split(',')[0] ?? vector.Parameter("AccessKeyId")!;
        return new AccessKey(id, VectorFile.All.Credentials[id], "vectors") { SecurityToken = vector.HasToken ? VectorFile.All.Credentials["securityToken"] : null };
    }

    private static Task<RawReply> SendAsync(TestEmulator emulator, Vector vector, string url, string body) =>
        RawHttp.SendAsync(emulator.Address, vector.Method, url, vector.Headers.Select(static h => new KeyValuePair<string, string>(h[0], h[1])), body);
}
