using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Ecs;
using EcsImages.Core.Tests.Support;
using static EcsImages.Core.Tests.Support.TestClient;

namespace EcsImages.Core.Tests.Acs;

public sealed class SecrecyTests
{
    private static readonly AcsCredential Session = new("STS.KeyIdInFull", "S3cretOfMine+/=", "T0kenOfMine+/=");

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

    [Fact]
    public void A_credential_prints_only_a_part_of_its_key_id() => Assert.Equal("LTAI****Mine", Key.ToString());

    [Fact]
    public void A_parameter_that_is_not_known_to_be_harmless_is_logged_without_its_value() =>
        Assert.Equal("ImageId=m-1 Tag.1.Key=k Tag.1.Value=*** AddAccount.2=a Password=*** NewThing.1=***",
            Redaction.Describe([new("ImageId", "m-1"), new("Tag.1.Key", "k"), new("Tag.1.Value", "v"), new("AddAccount.2", "a"), new("Password", "p"), new("NewThing.1", "n")]));
}
