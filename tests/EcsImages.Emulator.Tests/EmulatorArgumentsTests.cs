using System.Net;
using EcsImages.Emulator.Control;

namespace EcsImages.Emulator.Tests;

/// <summary>The command line: what it is taken for, and what is said where it makes no sense.</summary>
public sealed class EmulatorArgumentsTests
{
    [Theory]
    [InlineData("--allow-remote=false")]
    [InlineData("--allow-remote=true")]
    [InlineData("--ephemeral=")]
    [InlineData("--no-clock-check=no")]
    [InlineData("--no-nonce-check=0")]
    public void A_flag_takes_no_value(string argument)
    {
        var name = argument.Split('=')[0];
        Assert.Equal($"{name} takes no value: leave it out where it is not meant.", Assert.Throws<ArgumentException>(() => Read("--listen", "192.0.2.7", argument)).Message);
    }

    [Fact]
    public void Flags_without_a_value_do_what_they_say()
    {
        var options = Read("--path", "state", "--listen", "192.0.2.7", "--allow-remote", "--no-clock-check", "--no-nonce-check");
        Assert.Equal(IPAddress.Parse("192.0.2.7"), options.Address);
        Assert.False(options.Checks.Clock);
        Assert.False(options.Checks.Nonce);
    }

    [Theory]
    [InlineData("--access-keys=LTAIid:hidden", "There is no option '--access-keys'.")]
    [InlineData("--access-key:LTAIid:hidden", "There is no option '--access-key'.")]
    [InlineData("-k=hidden", "There is no option '-k'.")]
    [InlineData("LTAIid:hidden", "Argument 1 is no option.")]
    public void What_is_no_option_is_told_without_what_may_be_a_secret(string argument, string said)
    {
        var message = Assert.Throws<ArgumentException>(() => Read(argument)).Message;
        Assert.StartsWith(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LTAIid")]
    [InlineData("LTAIid:hidden:account:more")]
    [InlineData(":hidden")]
    public void A_key_that_is_none_is_not_repeated(string key) =>
        Assert.Equal("--access-key is ID:SECRET or ID:SECRET:ACCOUNT.", Assert.Throws<ArgumentException>(() => Read("--access-key", key)).Message);

    [Fact]
    public void An_address_that_others_reach_is_to_be_meant_and_what_protects_it_is_told() =>
        Assert.Contains(ControlAccess.Variable, Assert.Throws<ArgumentException>(() => Read("--listen", "0.0.0.0")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_token_comes_from_its_variable()
    {
        Assert.False(Read("--path", "state").Control.HasToken);
        Assert.True(EmulatorArguments.Read(["--path", "state"], static name => name == ControlAccess.Variable ? "token" : null).Control.HasToken);
    }

    private static EmulatorOptions Read(params string[] args) => EmulatorArguments.Read(args, static _ => null);
}
