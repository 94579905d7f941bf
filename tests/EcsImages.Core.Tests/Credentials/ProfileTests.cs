using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Credentials;

public sealed class ProfileTests : IDisposable
{
    private const string Two = """
        {"current":"one","profiles":[
          {"name":"one","mode":"AK","access_key_id":"id1","access_key_secret":"s3cret1","region_id":"cn-beijing"},
          {"name":"two","mode":"StsToken","access_key_id":"id2","access_key_secret":"s3cret2","sts_token":"t2"}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ScriptedHandler _sts = ScriptedHandler.Always(Answer.Json(
        """{"Credentials":{"AccessKeyId":"STS.1","AccessKeySecret":"session","SecurityToken":"token","Expiration":"2025-06-15T13:00:00Z"}}"""));

    private string File => Path.Combine(_folder.FullName, "config.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_file_there_is_no_source() => Assert.Null(await FindAsync(null));

    [Theory]
    [InlineData(null, "id1", "s3cret1", null)]
    [InlineData("two", "id2", "s3cret2", "t2")]
    public async Task A_profile_is_taken_by_name_or_as_the_current_one(string? name, string id, string secret, string? token)
    {
        Write(Two);
        var key = await (await FindAsync(name))!.GetAsync(default);
        Assert.Equal((id, secret, token), (key.AccessKeyId, key.AccessKeySecret, key.SecurityToken));
    }

    [Theory]
    [InlineData("three", Two, "There is no profile 'three'", "It has: one, two.")]
    [InlineData(null, """{"profiles":[]}""", "names no current profile", "no profile at all")]
    public async Task A_profile_that_is_not_there_is_an_error_with_those_that_are(string? name, string text, string expected, string names)
    {
        var error = await FailAsync(text, name);
        Assert.Equal("ProfileNotFound", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(names, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"current":"x","profiles":[{"name":"x","access_key_secret":"s3cret" oops""", "is damaged")]
    [InlineData("s3cret", "is damaged")]
    [InlineData("""{"profiles":"s3cret"}""", "is damaged")]
    [InlineData("""{"current":"x","profiles":[{"name":"x","mode":"AK","access_key_secret":"s3cret"}]}""", "has no access_key_id")]
    [InlineData("""{"current":"x","profiles":[{"name":"x","mode":"AK","access_key_id":"i"}]}""", "has no access_key_secret")]
    [InlineData("""{"current":"x","profiles":[{"name":"x","mode":"StsToken","access_key_id":"i","access_key_secret":"s3cret"}]}""", "has no sts_token")]
    [InlineData("""{"current":"x","profiles":[{"name":"x","mode":"RamRoleArn","access_key_id":"i","access_key_secret":"s3cret"}]}""", "has no ram_role_arn")]
    [InlineData("""{"current":"x","profiles":[{"name":"x","mode":"Magic","access_key_secret":"s3cret"}]}""", "has mode Magic")]
    public async Task A_profile_that_is_of_no_use_says_why_and_quotes_no_secret(string text, string expected)
    {
        var error = await FailAsync(text, null);
        Assert.Equal("InvalidProfile", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_open_elsewhere_cannot_be_read()
    {
        Write(Two);
        await using var held = new FileStream(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<CredentialException>(() => FindAsync(null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_file_is_read_again_and_a_half_written_one_leaves_the_key()
    {
        Write(Two);
        var source = (await FindAsync(null))!;
        Write(Two.Replace("id1", "id9", StringComparison.Ordinal), minutes: 1);
        Assert.Equal("id9", (await source.GetAsync(default)).AccessKeyId);
        Write(Two[..40], minutes: 2);
        Assert.Equal("id9", (await source.GetAsync(default)).AccessKeyId);
        Write(Two, minutes: 3);
        Assert.Equal("id1", (await source.GetAsync(default)).AccessKeyId);
    }

    [Fact]
    public async Task A_role_is_assumed_with_the_profiles_key()
    {
        Write("""{"current":"r","profiles":[{"name":"r","mode":"RamRoleArn","access_key_id":"id","access_key_secret":"sec","ram_role_arn":"acs:ram::1:role/b","expired_seconds":1800}]}""");
        var key = await (await FindAsync(null))!.GetAsync(default);
        var sent = Assert.Single(_sts.Sent);
        Assert.Equal(("STS.1", "token"), (key.AccessKeyId, key.SecurityToken));
        Assert.Equal(("AssumeRole", "acs:ram::1:role/b", "1800"), (sent.Action, sent.Parameters["RoleArn"], sent.Parameters["DurationSeconds"]));
        Assert.Equal(sent.ExpectedSignature("sec"), sent.Signature);
    }

    private Task<ProfileCredentials?> FindAsync(string? name) =>
        ProfileCredentials.FindAsync(File, name, new TestSurroundings { StsHandler = _sts }.Around, default);

    private async Task<CredentialException> FailAsync(string text, string? name)
    {
        Write(text);
        return await Assert.ThrowsAsync<CredentialException>(() => FindAsync(name));
    }

    private void Write(string text, int minutes = 0)
    {
        System.IO.File.WriteAllText(File, text);
        System.IO.File.SetLastWriteTimeUtc(File, new DateTime(2025, 1, 1, 0, minutes, 0, DateTimeKind.Utc));
    }
}
