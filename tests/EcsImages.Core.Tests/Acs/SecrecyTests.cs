using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Contract;
using EcsImages.Core.Ecs;
using EcsImages.Core.Tests.Support;
using static EcsImages.Core.Tests.Support.TestClient;

namespace EcsImages.Core.Tests.Acs;

public sealed class SecrecyTests
{
    private static readonly AcsCredential Session = new("STS.KeyIdInFull", "S3cretOfMine+/=", "T0kenOfMine+/=");

    private const string Password = "Pa55 w\u00f6rd&\"+3cho3cho3cho";
    private const string UserData = "IyEvYmluL2Jhc2gKU3VwZXJTZWNyZXQ=";

    public static TheoryData<string> Places => ["message", "echo", "html", "long html", "form", "reset"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task No_error_and_no_log_line_holds_a_secret_a_token_or_a_signature(string place)
    {
        string? signature = null;
        var log = new RecordingLog();
        var handler = ScriptedHandler.Always((request, stop) =>
        {
            signature = request.Signature;
            var echo = $"{request["Authorization"]} x-acs-security-token:{request["x-acs-security-token"]} {Session.AccessKeySecret}";
            Step answer = place switch
            {
                "message" => Answer.Error(400, "Odd", $"You said {echo}"),
                "echo" => Answer.Error(400, "SignatureDoesNotMatch", $"Not matched. server string to sign is:POST&SecurityToken={Uri.EscapeDataString(Session.SecurityToken!)}&UserData=U5erData"),
                "html" => Answer.Json($"<html>{echo}</html>", 502),
                "long html" => Answer.Json(new string('x', 195) + echo, 502),
                "form" => Answer.Json("SecurityToken%3D" + Uri.EscapeDataString(Uri.EscapeDataString(Session.SecurityToken!)), 400),
                _ => Answer.Fails(new HttpRequestException("reset")),
            };
            return answer(request, stop);
        });
        var client = Over(handler, key: new StaticCredentials(Session, "test")).LoggingTo(log);

        var error = await Assert.ThrowsAsync<AcsException>(() => client.CallAsync(
            EcsApi.RunInstances, Region, new() { RegionId = Region, ImageId = "m-1", UserData = "U5erData", ClientToken = "c" }, default));

        var written = string.Join('\n', [error.ToString(), error.Message, .. log.Lines, Session.ToString()]);
        Assert.Contains("m-1", written, StringComparison.Ordinal);
        string[] secrets = [Session.AccessKeySecret, Session.SecurityToken!, signature!];
        string[] hidden = [.. secrets.SelectMany(static s => new[] { s, Uri.EscapeDataString(s), Uri.EscapeDataString(Uri.EscapeDataString(s)) }), "T0ken", "S3cret", "U5erData"];
        Assert.All(hidden, h => Assert.DoesNotContain(h, written, StringComparison.Ordinal));
    }

    public static TheoryData<string> Echoes => ["url", "cut url", "decoded", "signed", "lower case", "form", "page", "JSON", "message"];

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task A_gateway_that_echoes_the_request_shows_no_parameter_that_a_log_would_not(string echo)
    {
        var handler = ScriptedHandler.Always((request, stop) =>
        {
            var url = request.Uri.PathAndQuery;
            Step answer = echo switch
            {
                "url" => Answer.Json($"GET {url}", 502),
                "cut url" => Answer.Json($"{url[url.IndexOf("&Password=", StringComparison.Ordinal)..][..60]}", 502),
                "decoded" => Answer.Json(Uri.UnescapeDataString(url), 502),
                "signed" => Answer.Json(Uri.EscapeDataString(url[2..]), 502),
                "lower case" => Answer.Json(url.Replace("%2B", "%2b", StringComparison.Ordinal).Replace("%3D", "%3d", StringComparison.Ordinal).Replace("%C3%B6", "%c3%b6", StringComparison.Ordinal), 502),
                "form" => Answer.Json(url.Replace("%20", "+", StringComparison.Ordinal), 502),
                "page" => Answer.Json($"<p>{System.Net.WebUtility.HtmlEncode(Password)}</p>", 502),
                "JSON" => Answer.Json(System.Text.Json.JsonSerializer.Serialize(new[] { Password }), 502),
                _ => Answer.Json(System.Text.Json.JsonSerializer.Serialize(new { Code = "Odd", Message = $"{Password} is not good, nor is {UserData} of {Session.AccessKeyId}" }), 400),
            };
            return answer(request, stop);
        });
        var client = Over(handler, key: new StaticCredentials(Session, "test"));
        var parameters = new Dictionary<string, string> { ["ImageId"] = "m-1", ["Password"] = Password, ["Tag.1.Value"] = "v7", ["UserData"] = UserData };
        var error = await Assert.ThrowsAsync<AcsException>(() => client.CallAsync(ApiProduct.Find("ecs")!.Call("RunInstances", Repeat.Never), Region, parameters, default));
        Assert.Contains("***", error.Message, StringComparison.Ordinal);
        foreach (var hidden in new[] { "Pa55", "3cho", "U3Vw", "v7", Session.AccessKeyId }) Assert.DoesNotContain(hidden, error.ToString(), StringComparison.Ordinal);
        if (echo == "url") Assert.Contains("ImageId=m-1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_value_is_hidden_without_harming_the_words_that_it_stands_in()
    {
        var client = Over(ScriptedHandler.Always(Answer.Error(400, "Odd", "The service saw Tag.1.Value=a in a request.")));
        var error = await Assert.ThrowsAsync<AcsException>(() => client.CallAsync(
            ApiProduct.Find("ecs")!.Call("RunInstances", Repeat.Never), Region, new() { ["Tag.1.Value"] = "a" }, default));
        Assert.Equal("The service saw *** in a request.", error.Message);
    }

    [Fact]
    public void A_credential_prints_only_a_part_of_its_key_id() => Assert.Equal("LTAI****Mine", Key.ToString());

    [Fact]
    public void A_parameter_that_is_not_known_to_be_harmless_is_logged_without_its_value() =>
        Assert.Equal("ImageId=m-1 Tag.1.Key=k Tag.1.Value=*** AddAccount.2=a Password=*** NewThing.1=***",
            Redaction.Describe([new("ImageId", "m-1"), new("Tag.1.Key", "k"), new("Tag.1.Value", "v"), new("AddAccount.2", "a"), new("Password", "p"), new("NewThing.1", "n")]));
}
