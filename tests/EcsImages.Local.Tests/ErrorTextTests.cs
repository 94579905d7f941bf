using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Tests;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("errors.tsv", 2)]
    [InlineData("oss-errors.tsv", 3)]
    public void Errors_speak_to_users_and_not_to_who_made_the_table(string table, int column)
    {
        using var reader = new StreamReader(typeof(Error).Assembly.GetManifestResourceStream(table)!);
        var messages = reader.ReadToEnd().Split('\n').Where(static l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')[column]).ToArray();
        Assert.True(messages.Length > 50, $"{table} has {messages.Length} messages.");
        Assert.All(messages, static m => Assert.DoesNotMatch(@"\bspelt\b|\bwith s\b|\bno s\b", m));
    }

    [Fact]
    public async Task What_the_service_spells_oddly_is_told_plainly()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        Assert.Equal("The AssociatedInstanceType Moon is not one of EcsInstance, SlbInstance, Nat, HaVip, NetworkInterface.",
            (await client.EcsAsync("DescribeEipAddresses", ("AssociatedInstanceType", "Moon"))).Message);
        Assert.Equal("The Description is not 2 to 256 characters that do not begin with http:// or https://.",
            (await client.EcsAsync("CreateVpc", ("Description", "http://a"))).Message);
    }
}
