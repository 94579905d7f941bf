using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class CredentialTests
{
    private const string Secret = "secret-of-the-profile";

    [Fact]
    public void The_key_and_region_of_the_environment_are_used()
    {
        using var service = new FakeService(static r => FakeReply.Page(r, 1));
        using var home = new EmptyHome(("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIenv"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", Secret), ("ALIBABA_CLOUD_REGION_ID", "cn-beijing"));
        using var shell = new TestShell(connect: false);
        var context = shell.Run($"Connect-EcsAccount -Endpoint {service.Endpoint}")[0];
        Assert.Equal((FakeService.AccountId, "cn-beijing", "environment variables"), ((string)context.AccountId, (string)context.RegionId, (string)context.CredentialSource));
        Assert.Equal("cn-beijing", Assert.Single(shell.Run("Get-EcsImage -ImageType Custom")).RegionId);
        Assert.Contains("Credential=LTAIenv,", Assert.Single(service.Requests).Head, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_is_found_by_name_and_the_current_one_without()
    {
        using var service = new FakeService(static r => FakeReply.Page(r, 1));
        using var home = new EmptyHome();
        WriteProfiles(home, $$"""
            {"current":"first","profiles":[{"name":"first","mode":"AK","access_key_id":"LTAIone","access_key_secret":"{{Secret}}","region_id":"cn-shanghai"},
            {"name":"second","mode":"AK","access_key_id":"LTAItwo","access_key_secret":"{{Secret}}","region_id":"cn-beijing"}]}
            """);
        using var shell = new TestShell(connect: false);
        Assert.Equal("second cn-beijing", shell.Text($"$c = Connect-EcsAccount -ProfileName second -Endpoint {service.Endpoint}; \"$($c.Name) $($c.RegionId)\""));
        Assert.Equal("first cn-shanghai", shell.Text($"$c = Connect-EcsAccount -Endpoint {service.Endpoint}; \"$($c.Name) $($c.RegionId)\""));
        var error = shell.Error("Connect-EcsAccount -ProfileName third");
        Assert.Equal(("ProfileNotFound", ErrorCategory.AuthenticationError), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("first, second", error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_credentials_uri_is_found_and_the_context_names_it_without_its_secrets()
    {
        using var service = new FakeService(static r => r.Head.StartsWith("GET /key", StringComparison.Ordinal)
            ? FakeReply.Json($$"""{"AccessKeyId":"STS.uri","AccessKeySecret":"{{Secret}}","SecurityToken":"token","Expiration":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""")
            : FakeReply.Page(r, 1));
        using var home = new EmptyHome(("ALIBABA_CLOUD_CREDENTIALS_URI", $"{service.Endpoint}/key?code={Secret}"));
        using var shell = new TestShell(connect: false);
        shell.Run($"Connect-EcsAccount -Endpoint {service.Endpoint} -RegionId cn-hangzhou; Get-EcsImage -ImageType Custom; Get-EcsImage -ImageType Custom");
        Assert.Equal($"credentials URI at {service.Endpoint["http://".Length..]}", shell.Text("(Get-EcsContext).CredentialSource"));
        // One key for three calls.
        Assert.Equal(3, service.Requests.Count);
        Assert.All(service.Requests.Skip(1), static r => Assert.Contains("Credential=STS.uri,", r.Head, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_place_has_credentials_the_error_names_each()
    {
        using var home = new EmptyHome();
        using var shell = new TestShell(connect: false);
        var error = shell.Error("Connect-EcsAccount");
        Assert.Equal("NoCredentials", error.Code());
        string[] places = ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "config.json", "credentials file", "ALIBABA_CLOUD_ECS_METADATA_DISABLED is true", "ALIBABA_CLOUD_CREDENTIALS_URI"];
        Assert.All(places, p => Assert.Contains(p, error.Text(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_profile_file_is_named_without_its_contents()
    {
        using var home = new EmptyHome();
        WriteProfiles(home, $$"""{"profiles":[{"access_key_secret":"{{Secret}}" oops""");
        using var shell = new TestShell(connect: false);
        var error = shell.Error("Get-EcsImage");
        Assert.Equal("InvalidProfile", error.Code());
        Assert.Contains("config.json", error.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, PSSerializer.Serialize(error, 6), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com", "InvalidEndpoint", "loopback")]
    [InlineData("ftp://127.0.0.1", "InvalidEndpoint", "Write it like")]
    [InlineData("https://ecs-vpc.cn-hangzhou.aliyuncs.com", "InvalidEndpoint", "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")]
    public void An_endpoint_that_cannot_be_used_is_said_to_be_so(string endpoint, string code, string text)
    {
        using var home = new EmptyHome(("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIenv"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", Secret));
        using var shell = new TestShell(connect: false);
        var error = shell.Error($"Connect-EcsAccount -Endpoint {endpoint} -RegionId cn-hangzhou");
        Assert.Equal(code, error.Code());
        Assert.Contains(text, error.Text(), StringComparison.Ordinal);
        Assert.Empty(shell.Run("Get-EcsContext -All"));
    }

    private static void WriteProfiles(EmptyHome home, string text)
    {
        Directory.CreateDirectory(Path.Combine(home.Folder, ".aliyun"));
        File.WriteAllText(Path.Combine(home.Folder, ".aliyun", "config.json"), text);
    }
}
