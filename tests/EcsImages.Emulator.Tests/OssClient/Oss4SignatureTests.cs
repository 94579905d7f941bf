using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.Core.Oss;

namespace EcsImages.Emulator.Tests.OssClient;

/// <summary>What the official clients signed, we sign the same.</summary>
public sealed class Oss4SignatureTests
{
    // We list no buckets and have no CloudBox. Odd ones sign headers of their own choice, the raw query, or names sorted by locale.
    public static TheoryData<Vector> Recorded => [.. VectorFile.All.Cases.Where(static v => v.Scheme == "OSS4-HMAC-SHA256-HEADER" && !string.IsNullOrEmpty(v.Bucket)
        && v.Header("x-oss-date") is not null && v.Header("authorization")?.Contains("AdditionalHeaders", StringComparison.Ordinal) == false
        && v.Id is not ("oss-v4-query-sort-case" or "pub-oss4-header-cloudbox") && !v.Id.StartsWith("csoss2-", StringComparison.Ordinal))];

    [Fact]
    public void Requests_of_several_clients_are_there() => Assert.True(Recorded.Count >= 30, $"{Recorded.Count}");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_request_is_signed_as_its_client_signed_it(Vector vector)
    {
        var authorization = vector.Header("authorization")!;
        var region = authorization.Split('/')[2];
        var query = vector.Url.Split('?', 2) is [_, var text] ? text.Split('&').Select(static p => p.Split('=', 2))
            .Select(static p => new KeyValuePair<string, string?>(Uri.UnescapeDataString(p[0]), p.Length > 1 ? Uri.UnescapeDataString(p[1]) : null)).ToArray() : [];
        var request = new OssRequest("Recorded", new HttpMethod(vector.Method), region, vector.Bucket!, vector.Key) { Query = query };
        using var message = new HttpRequestMessage(request.Method, "http://localhost/") { Content = new ByteArrayContent([]) };
        foreach (var header in vector.Headers)
        {
            var name = header[0].ToLowerInvariant();
            if (name is "content-type" or "content-md5") message.Content.Headers.TryAddWithoutValidation(header[0], header[1]);
            else if (name.StartsWith("x-oss-", StringComparison.Ordinal) && name is not ("x-oss-date" or "x-oss-content-sha256" or "x-oss-security-token"))
                message.Headers.TryAddWithoutValidation(header[0], header[1]);
        }
        var id = authorization.Split("Credential=")[1].Split('/')[0];
        var now = DateTimeOffset.ParseExact(vector.Header("x-oss-date")!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Oss4Signature.Sign(message, request, new AcsCredential(id, VectorFile.All.Credentials[id], vector.Header("x-oss-security-token")), now);
        Assert.Equal(authorization.Split("Signature=")[1], message.Headers.GetValues("Authorization").Single().Split("Signature=")[1]);
    }
}
