using System.Globalization;
using EcsImages.Local.Store;

namespace EcsImages.Emulator.Tests.Oss;

/// <summary>Requests to OSS that official clients sent are taken as they are; changed, they are refused.</summary>
public sealed class OssVectorTests(OssVectorEmulators emulators) : IClassFixture<OssVectorEmulators>
{
    // What the request itself leads to, at the service too; none of it concerns the signature.
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["NoSuchKey"] = "none",
        ["PreconditionFailed"] = "get-range",
        ["InvalidPart"] = "complete",
        ["FileAlreadyExists"] = "",
        ["NotImplemented"] = "",
        ["OperationNotSupported"] = "restore",
        ["NoSuchVersion"] = "url",
        ["MissingArgument"] = "pub-oss1-put-acl",
        ["BadDigest"] = "pub-oss1-put",
        ["MethodNotAllowed"] = "pub-oss",
        ["InvalidArgument"] = "two-subresources",
    };

    public static TheoryData<Vector> Signed => [.. VectorFile.All.Cases.Where(static v => v.Scheme.StartsWith("OSS", StringComparison.Ordinal))
        // Its made-up names are sorted by the rules of a language, not by byte; the service refuses it too.
        .Where(static v => v.Id != "oss-v4-query-sort-case")];

    [Theory]
    [MemberData(nameof(Signed))]
    public async Task A_recorded_request_is_taken_at_its_time(Vector vector)
    {
        var emulator = await emulators.ForAsync(vector);
        await emulators.ArrangeAsync(vector);
        var reply = await SendAsync(emulator, vector, vector.Url);
        if (reply.Status < 400) return;
        var code = vector.Method == "HEAD" && reply.Status == 404 ? "NoSuchKey" : reply.Body.Split("<Code>").ElementAtOrDefault(1)?.Split('<')[0];
        Assert.True(code is not null && Expected.TryGetValue(code, out var of) && (vector.Id.Contains(of, StringComparison.Ordinal) || vector.Url.Contains(of, StringComparison.Ordinal)), reply.ToString());
    }

    [Theory]
    [MemberData(nameof(Signed))]
    public async Task A_recorded_request_that_was_changed_is_refused(Vector vector)
    {
        var emulator = await emulators.ForAsync(vector);
        var (path, query) = vector.Url.Split('?', 2) is [var left, var right] ? (left, "?" + right) : (vector.Url, "");
        AssertRefused(vector, await SendAsync(emulator, vector, path + "x" + query));
        AssertRefused(vector, await SendAsync(emulator, vector, vector.Url, new KeyValuePair<string, string>("x-oss-meta-added", "1")));
        if (vector.Scheme.StartsWith("OSS4", StringComparison.Ordinal))
            AssertRefused(vector, await SendAsync(emulator, vector, path + (query.Length == 0 ? "?" : query + "&") + "x=1"));
    }

    [Theory]
    [InlineData("oss-v1-get", "RequestTimeTooSkewed")]
    [InlineData("oss-v4-get", "RequestTimeTooSkewed")]
    [InlineData("gooss1-v4-get-range", "RequestTimeTooSkewed")]
    [InlineData("gooss2-v1-url-get-sts", "Request has expired.")]
    [InlineData("csoss2-v4-url-get-sts", "Request has expired.")]
    public async Task A_recorded_request_that_comes_late_is_refused(string id, string words)
    {
        var vector = VectorFile.All.Cases.Single(v => v.Id == id);
        var emulator = await emulators.ForAsync(vector);
        emulators.Clock.Now += TimeSpan.FromDays(8);
        var reply = await SendAsync(emulator, vector, vector.Url);
        Assert.Equal(403, reply.Status);
        Assert.Contains(words, reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_does_not_repeat_a_security_token()
    {
        var vector = VectorFile.All.Cases.Single(static v => v.Id == "oss-v1-sts-get");
        var emulator = await emulators.ForAsync(vector);
        var reply = await SendAsync(emulator, vector, vector.Url + "x");
        Assert.Contains("x-oss-security-token:***", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("testtoken", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mangled_request_is_the_senders_fault()
    {
        const int Seed = 20261124;
        var random = new Random(Seed);
        var vectors = VectorFile.All.Cases.Where(static v => v.Scheme.StartsWith("OSS", StringComparison.Ordinal)).ToArray();
        for (var i = 0; i < 400; i++)
        {
            var vector = vectors[random.Next(vectors.Length)];
            var emulator = await emulators.ForAsync(vector);
            var headers = vector.Headers.Select(h => new KeyValuePair<string, string>(h[0], random.Next(4) == 0 && h[0] != "Host" ? Mangle(h[1]) : h[1])).ToArray();
            var reply = await RawHttp.SendAsync(emulator.Address, vector.Method, "/" + Mangle(vector.Url[1..]), headers, Mangle(vector.Body));
            Assert.True(reply.Status is < 500 or 501, $"Seed {Seed}, case {i}, {vector}: {reply}");
        }

        string Mangle(string text)
        {
            const string Odd = "%%/?&=+:,;\"'<>!x0-. ";
            var mangled = text.ToCharArray().ToList();
            for (var n = random.Next(4); n > 0 && mangled.Count > 0; n--)
            {
                var at = random.Next(mangled.Count);
                if (random.Next(3) == 0) mangled.RemoveAt(at);
                else mangled[at] = Odd[random.Next(Odd.Length)];
            }
            return new string([.. mangled]);
        }
    }

    private static void AssertRefused(Vector vector, RawReply reply)
    {
        Assert.True(reply.Status == 403, reply.ToString());
        // A reply to HEAD has no body: the error stands in a header.
        var error = vector.Method == "HEAD" ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(reply.Header("x-oss-err")!)) : reply.Body;
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", error, StringComparison.Ordinal);
    }

    private static Task<RawReply> SendAsync(TestEmulator emulator, Vector vector, string url, params KeyValuePair<string, string>[] added) =>
        RawHttp.SendAsync(emulator.Address, vector.Method, url, vector.Headers.Select(static h => new KeyValuePair<string, string>(h[0], h[1])).Concat(added), vector.Body);
}

/// <summary>Emulators that know the keys of the recordings; one for each security token, as a key has one or none.</summary>
public sealed class OssVectorEmulators : IAsyncLifetime
{
    private readonly Dictionary<string, TestEmulator> _byToken = [];

    internal ManualClock Clock { get; } = new(default);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var emulator in _byToken.Values) await emulator.DisposeAsync();
    }

    internal async Task<TestEmulator> ForAsync(Vector vector)
    {
        Clock.Now = DateOf(vector);
        var token = TokenOf(vector) ?? "";
        if (_byToken.TryGetValue(token, out var known)) return known;
        var keys = VectorFile.All.Credentials.Where(static c => c.Key != "securityToken").Select(c => Key(c.Key, token)).ToArray();
        return _byToken[token] = await TestEmulator.StartAsync(static o => o with
        {
            HostNames = ["oss-cn-hangzhou.test"],
            BucketNames = new Dictionary<string, string> { ["cdn.test"] = "examplebucket" },
        }, Clock, keys);
    }

    /// <summary>What the request is about is there.</summary>
    internal async Task ArrangeAsync(Vector vector)
    {
        var emulator = await ForAsync(vector);
        var sender = new OssSender(emulator.Address, Key("testid", TokenOf(vector) ?? ""), Clock);
        if (vector.Bucket is not { Length: > 0 } bucket) return;
        Assert.Equal(200, (await sender.SendAsync("PUT", bucket, "")).Status);
        if (vector.Key is not { Length: > 0 } key || vector.Url.Contains("none", StringComparison.Ordinal)) return;
        await sender.SendAsync("DELETE", bucket, key);
        if (vector.Method is "GET" or "HEAD" || vector.Url.Contains("acl", StringComparison.Ordinal) || vector.Url.Contains("tagging", StringComparison.Ordinal) || vector.Url.Contains("restore", StringComparison.Ordinal))
            Assert.Equal(200, (await sender.SendAsync("PUT", bucket, key, body: "recorded")).Status);
        if (vector.Header("x-oss-copy-source") is { } copied && Uri.UnescapeDataString(copied).Split('/', 3) is [_, var sourceBucket, var source])
        {
            Assert.Equal(200, (await sender.SendAsync("PUT", sourceBucket, "")).Status);
            Assert.Equal(200, (await sender.SendAsync("PUT", sourceBucket, source, body: new string('c', 2048))).Status);
        }
        if (!vector.Url.Contains("uploadId=UPLOADID1", StringComparison.Ordinal)) return;
        using var database = Database.Open(new() { Path = emulator.Folder, Clock = Clock });
        using var session = database.Write();
        session.Execute("INSERT OR REPLACE INTO oss_upload VALUES ('UPLOADID1', $bucket, $key, 'Standard', 'default', '{}', '{}', 0)",
            ("bucket", bucket), ("key", System.Text.Encoding.UTF8.GetBytes(key)));
        session.Commit();
    }

    private static AccessKey Key(string id, string token) =>
        new(id, VectorFile.All.Credentials[id], "recordings") { SecurityToken = token.Length == 0 ? null : token };

    private static string? TokenOf(Vector vector) => vector.Header("x-oss-security-token") ?? vector.Parameter("x-oss-security-token") ?? vector.Parameter("security-token");

    private static DateTimeOffset DateOf(Vector vector)
    {
        if (vector.Parameter("Expires") is { } end) return DateTimeOffset.FromUnixTimeSeconds(long.Parse(end, CultureInfo.InvariantCulture)).AddSeconds(-10);
        var text = vector.Parameter("x-oss-date") ?? vector.Header("x-oss-date") ?? vector.Header("date")!;
        return DateTimeOffset.ParseExact(text, ["yyyyMMdd'T'HHmmss'Z'", "r"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }
}
