using System.Text;
using System.Text.Json;
using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Tests;

/// <summary>An answer: status, code of an error, and the body.</summary>
internal sealed record Answer(int Status, JsonElement Body, string RequestId)
{
    public string? Code => Body.TryGetProperty(nameof(Code), out var code) ? code.GetString() : null;

    public string Message => Body.GetProperty(nameof(Message)).GetString()!;

    public IReadOnlyList<JsonElement> Images => [.. Body.GetProperty(nameof(Images)).GetProperty("Image").EnumerateArray()];

    /// <summary>The rows of a listing, whatever its item is called.</summary>
    public IReadOnlyList<JsonElement> List(string name) => [.. Body.GetProperty(name).EnumerateObject().First().Value.EnumerateArray()];

    public string Text(string name) => Body.GetProperty(name).GetString() ?? "";

    public int TotalCount => Body.GetProperty(nameof(TotalCount)).GetInt32();
}

/// <summary>Signs a request as any client does, and sends it through an HttpClient.</summary>
internal sealed class TestClient(ILocalEndpoint endpoint, LocalAccount account, ManualClock clock) : IDisposable
{
    private readonly HttpClient _http = new(endpoint.CreateHandler());

    public LocalAccount Account { get; } = account;

    public string Host { get; set; } = "ecs.cn-hangzhou.aliyuncs.com";

    public string Version { get; set; } = "2014-05-26";

    public string? Nonce { get; set; }

    /// <summary>A last touch to the request, after it was signed.</summary>
    public Action<HttpRequestMessage>? Tamper { get; set; }

    /// <summary>Calls in cn-hangzhou, unless a RegionId is among the parameters.</summary>
    public Task<Answer> EcsAsync(string action, params (string Name, string Value)[] parameters) =>
        CallAsync(action, parameters.Any(static p => p.Name == "RegionId") ? parameters : [("RegionId", "cn-hangzhou"), .. parameters]);

    public Task<Answer> StsAsync(string action, params (string Name, string Value)[] parameters) => AtAsync("sts.cn-hangzhou.aliyuncs.com", "2015-04-01", action, parameters);

    public Task<Answer> RamAsync(string action, params (string Name, string Value)[] parameters) => AtAsync("ram.aliyuncs.com", "2015-05-01", action, parameters);

    private async Task<Answer> AtAsync(string host, string version, string action, (string Name, string Value)[] parameters)
    {
        var before = (Host, Version);
        (Host, Version) = (host, version);
        try
        {
            return await CallAsync(action, parameters);
        }
        finally
        {
            (Host, Version) = before;
        }
    }

    /// <summary>Launches, on ecs.g6.large unless a type is given, and answers the first instance's id.</summary>
    public async Task<string> RunAsync(params (string Name, string Value)[] parameters)
    {
        var answer = await EcsAsync("RunInstances", parameters.Any(static p => p.Name == "InstanceType") ? parameters : [("InstanceType", "ecs.g6.large"), .. parameters]);
        Assert.True(answer.Status == 200, answer.Body.ToString());
        return answer.List("InstanceIdSets")[0].GetString()!;
    }

    public async Task<Answer> CallAsync(string action, params (string Name, string Value)[] parameters)
    {
        var query = StrictEncoding.CanonicalQuery(parameters.Select(static p => new KeyValuePair<string, string>(p.Name, p.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://{Host}/?{query}");
        var hash = Acs3Signature.HashOf([]);
        KeyValuePair<string, string>[] signed =
        [
            new("host", Host),
            new("x-acs-action", action),
            new("x-acs-content-sha256", hash),
            new("x-acs-date", Times.Second(clock.Now)),
            .. Account.Credential.SecurityToken is { } token ? (KeyValuePair<string, string>[])[new("x-acs-security-token", token)] : [],
            new("x-acs-signature-nonce", Nonce ?? Guid.NewGuid().ToString("N")),
            new("x-acs-version", Version),
        ];
        foreach (var (name, value) in signed.Skip(1)) request.Headers.TryAddWithoutValidation(name, value);
        var text = Acs3Signature.CanonicalRequest("POST", "/", query, signed, hash);
        var signature = Acs3Signature.Sign(Account.Credential.AccessKeySecret, Acs3Signature.StringToSign(text));
        request.Headers.TryAddWithoutValidation("Authorization",
            $"{Acs3Signature.Algorithm} Credential={Account.Credential.AccessKeyId},SignedHeaders={string.Join(';', signed.Select(static h => h.Key))},Signature={signature}");
        Tamper?.Invoke(request);
        using var response = await _http.SendAsync(request);
        var body = JsonDocument.Parse(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync())).RootElement.Clone();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return new Answer((int)response.StatusCode, body, response.Headers.GetValues("x-acs-request-id").Single());
    }

    public void Dispose() => _http.Dispose();
}
