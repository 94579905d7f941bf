using System.Management.Automation;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EcsImages.PowerShell.Tests;

/// <summary>Calls operations of the embedded endpoint that no cmdlet calls, as any other client would: signed, over its handler.</summary>
internal static class Wire
{
    private const string Host = "ecs.cn-hangzhou.aliyuncs.com", Algorithm = "ACS3-HMAC-SHA256";
    private static readonly string NoBody = Hex(SHA256.HashData([]));

    /// <summary>Calls as the account of $us in cn-hangzhou, unless a RegionId is named.</summary>
    public static async Task<JsonElement> CallAsync(this TestShell shell, string action, params (string Name, string Value)[] parameters)
    {
        var context = ((PSObject)shell.Run("$us")[0]).BaseObject;
        var endpoint = Get(Get(context, "Connection"), "Local");
        var contract = endpoint.GetType().GetInterfaces().Single(static i => i.Name == "ILocalEndpoint");
        var opening = (Task)contract.GetMethod("OpenAccountAsync")!.Invoke(endpoint, ["us", CancellationToken.None])!;
        await opening;
        var key = Get(Get(opening, "Result"), "Credential");
        using var http = new HttpClient((HttpMessageHandler)contract.GetMethod("CreateHandler")!.Invoke(endpoint, [])!);
        using var request = Sign(action, parameters.Any(static p => p.Name == "RegionId") ? parameters : [.. parameters, ("RegionId", "cn-hangzhou")],
            (string)Get(key, "AccessKeyId"), (string)Get(key, "AccessKeySecret"));
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{action}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    private static HttpRequestMessage Sign(string action, (string Name, string Value)[] parameters, string id, string secret)
    {
        var query = string.Join('&', parameters.OrderBy(static p => p.Name, StringComparer.Ordinal).Select(static p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
        (string Name, string Value)[] headers =
        [
            ("host", Host), ("x-acs-action", action), ("x-acs-content-sha256", NoBody), ("x-acs-date", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)),
            ("x-acs-signature-nonce", Guid.NewGuid().ToString("N")), ("x-acs-version", "2014-05-26"),
        ];
        var names = string.Join(';', headers.Select(static h => h.Name));
        var canonical = $"POST\n/\n{query}\n{string.Concat(headers.Select(static h => $"{h.Name}:{h.Value}\n"))}\n{names}\n{NoBody}";
        var signature = Hex(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{Algorithm}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}")));
        var request = new HttpRequestMessage(HttpMethod.Post, $"https://{Host}/?{query}");
        foreach (var (name, value) in headers.Skip(1)) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={id},SignedHeaders={names},Signature={signature}");
        return request;
    }

    private static object Get(object from, string property) =>
        from.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(from)!;

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
