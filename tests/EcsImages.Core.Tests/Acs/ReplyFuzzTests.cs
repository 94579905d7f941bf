using System.Text;
using System.Text.Json;
using EcsImages.Core.Acs;
using EcsImages.Core.Contract;
using EcsImages.Core.Ecs;
using EcsImages.Core.Tests.Support;
using Xunit.Abstractions;

namespace EcsImages.Core.Tests.Acs;

public sealed class ReplyFuzzTests(ITestOutputHelper output)
{
    private const string Reply = """
        {"RequestId":"R","TotalCount":1,"PageNumber":"1","Images":{"Image":[{"ImageId":"m-1","Size":40,"Progress":"100%","IsPublic":false,
        "ImageOwnerId":123,"Tags":{"Tag":[{"TagKey":"k","TagValue":"v"}]},"DiskDeviceMappings":{"DiskDeviceMapping":[{"Size":40.5,"RemainTime":0}]}}]}}
        """;

    private const string Refusal = """
        {"RequestId":"R","HostId":"ecs","Code":"Forbidden.RAM","Message":"No.","AccessDeniedDetail":{"AuthAction":"ecs:DescribeImages","AuthPrincipalType":"SubUser",
        "AuthPrincipalDisplayName":"2025","NoPermissionType":"ImplicitDeny","PolicyType":"ControlPolicy"},"Recommend":"u"}
        """;

    private const string PackedRefusal = """
        {"Code":"NoPermission","Message":"No.","AccessDeniedDetail":"{\"AuthAction\":\"ecs:DescribeImages\",\"AuthPrincipalType\":\"SubUser\"}"}
        """;

    [Fact]
    public async Task Whatever_is_answered_is_a_reply_or_an_AcsException()
    {
        var seed = Environment.GetEnvironmentVariable("FUZZ_SEED") is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"FUZZ_SEED={seed}");
        var random = new Random(seed);
        int[] statuses = [200, 200, 400, 403, 500, 204];
        for (var round = 0; round < 2000; round++)
        {
            var body = round % 4 == 0 ? Noise(random) : Mutated(random);
            var client = TestClient.Over(ScriptedHandler.Always(Answer.Bytes(body, statuses[random.Next(statuses.Length)])));
            var error = await Record.ExceptionAsync(() => round % 2 == 0
                ? client.CallAsync(EcsApi.DescribeImages, TestClient.Region, new() { RegionId = TestClient.Region }, default)
                : ReadAnyAsync(client));
            Assert.True(error is null or AcsException, $"seed {seed}, round {round}: {error}\n{Convert.ToBase64String(body)}");
        }
    }

    // As Invoke-EcsApi does: all that a reply holds is looked at.
    private static async Task ReadAnyAsync(AcsClient client)
    {
        var reply = await client.CallAsync(ApiProduct.Find("ecs")!.Call("DescribeImages", Repeat.Read), TestClient.Region, [], default);
        Walk(reply.Json);
    }

    private static void Walk(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.String) _ = json.GetString();
        if (json.ValueKind is JsonValueKind.Array) foreach (var item in json.EnumerateArray()) Walk(item);
        if (json.ValueKind is not JsonValueKind.Object) return;
        _ = json.TryGetProperty("NextToken", out _);
        foreach (var member in json.EnumerateObject())
        {
            _ = member.Name;
            Walk(member.Value);
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(Random random)
    {
        string[] pieces = ["null", "[", "]", "{", "}", "\"", "-1e999", "99999999999999999999", "true", "\\ud800", ":", ",", "{}", "[null]", new('[', 100)];
        var text = random.Next(4) switch { 0 => Refusal, 1 => PackedRefusal, _ => Reply };
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(text.Length);
            var cut = random.Next(Math.Min(12, text.Length - at));
            text = string.Concat(text.AsSpan(0, at), pieces[random.Next(pieces.Length)], text.AsSpan(at + cut));
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(3) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
