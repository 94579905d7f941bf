using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;

namespace EcsImages.Core.Tests.Credentials;

public sealed class EnvironmentTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    public void Without_either_half_there_is_no_source(string? id, string? secret) => Assert.Null(EnvironmentCredentials.Find(Variables(id, secret)));

    [Theory]
    [InlineData("id", null, EnvironmentCredentials.KeySecret)]
    [InlineData(null, "s3cret", EnvironmentCredentials.KeyId)]
    public void One_half_alone_is_an_error_that_names_the_other(string? id, string? secret, string missing)
    {
        var error = Assert.Throws<CredentialException>(() => EnvironmentCredentials.Find(Variables(id, secret)));
        Assert.Equal("NoCredentials", error.Code);
        Assert.StartsWith($"The environment variable {missing} is not set", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token", "token")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Both_halves_make_a_key_with_the_token_if_there_is_one(string? token, string? expected)
    {
        var key = await EnvironmentCredentials.Find(Variables("id", "secret", token))!.GetAsync(default);
        Assert.Equal(("id", "secret", expected), (key.AccessKeyId, key.AccessKeySecret, key.SecurityToken));
    }

    private static Func<string, string?> Variables(string? id, string? secret, string? token = null) => name => name switch
    {
        EnvironmentCredentials.KeyId => id,
        EnvironmentCredentials.KeySecret => secret,
        EnvironmentCredentials.Token => token,
        _ => null,
    };
}
