using System.Security.Cryptography;
using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class KeyPairTests
{
    private const string PublicKey = AroundPlaces.PublicKey;

    // What ssh-keygen -l -E md5 prints of it.
    private const string Fingerprint = "22:62:db:db:05:94:44:d2:90:08:f8:7d:63:83:14:24";

    [Fact]
    public async Task A_new_pair_comes_with_a_private_key_that_fits_and_is_shown_once()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var made = await client.OkAsync("CreateKeyPair", ("KeyPairName", "packer_1"));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(made.Text("PrivateKeyBody"));
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----\n", made.Text("PrivateKeyBody"));
        Assert.Equal(2048, rsa.KeySize);
        Assert.StartsWith("ssh-", made.Text("KeyPairId"));
        var row = Assert.Single((await client.OkAsync("DescribeKeyPairs", ("KeyPairName", "packer_*"), ("IncludePublicKey", "true"))).List("KeyPairs"));
        Assert.Equal(("packer_1", made.Text("KeyPairFingerPrint")), (row.GetProperty("KeyPairName").GetString(), row.GetProperty("KeyPairFingerPrint").GetString()));
        var blob = Convert.FromBase64String(row.GetProperty("PublicKey").GetString()!.Split(' ')[1]);
        Assert.EndsWith(Convert.ToHexString(rsa.ExportParameters(false).Modulus!), Convert.ToHexString(blob));
        Assert.False(row.TryGetProperty("PrivateKeyBody", out _));
        await client.RefusedAsync(400, "KeyPair.AlreadyExist", "CreateKeyPair", ("KeyPairName", "packer_1"));
        await client.OkAsync("CreateKeyPair", ("RegionId", "cn-beijing"), ("KeyPairName", "packer_1"));
    }

    [Fact]
    public async Task An_imported_key_has_the_fingerprint_that_ssh_keygen_prints()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var imported = await client.OkAsync("ImportKeyPair", ("KeyPairName", "mine"), ("PublicKeyBody", PublicKey));
        Assert.Equal(Fingerprint, imported.Text("KeyPairFingerPrint"));
        Assert.False(imported.Body.TryGetProperty("KeyPairId", out _));
        Assert.Equal(1, (await client.OkAsync("DescribeKeyPairs", ("KeyPairFingerPrint", Fingerprint))).TotalCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssh-rsa")]
    [InlineData("ssh-rsa AAAA")]
    [InlineData("ssh-rsa !!!!")]
    [InlineData("ssh-dss AAAAB3NzaC1yc2EAAAADAQABAAAAAQE=")]
    [InlineData("ssh-rsa AAAAB3NzaC1yc2F/////")]
    public async Task A_text_that_is_no_key_is_refused(string text)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RefusedAsync(400, text.Length == 0 ? "MissingParameter" : "InvalidPublicKeyBody.Malformed", "ImportKeyPair", ("KeyPairName", "mine"), ("PublicKeyBody", text));
    }

    [Fact]
    public async Task Instances_get_and_lose_a_pair_and_one_in_use_is_not_deleted()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        foreach (var name in (string[])["first", "second"]) await client.OkAsync("ImportKeyPair", ("KeyPairName", name), ("PublicKeyBody", PublicKey));
        var image = endpoint.AddImage(client, "web").Id;
        var id = await client.RunAsync(("ImageId", image), ("KeyPairName", "first"));
        await client.RefusedAsync(404, "InvalidKeyPairName.NotFound", "RunInstances", ("ImageId", image), ("InstanceType", "ecs.g6.large"), ("KeyPairName", "none"));
        var attached = await client.OkAsync("AttachKeyPair", ("KeyPairName", "second"), ("InstanceIds", $"[\"{id}\",\"i-none\"]"));
        Assert.Equal(("2", "1"), (attached.Text("TotalCount"), attached.Text("FailCount")));
        Assert.Equal([("true", "200"), ("false", "404")], attached.List("Results").Select(static r => (r.GetProperty("Success").GetString(), r.GetProperty("Code").GetString())));
        Assert.Equal("second", await PairOfAsync(client));
        await client.RefusedAsync(400, "InvalidParameter.KeypairAlreadyAttachedInstance", "DeleteKeyPairs", ("KeyPairNames", "[\"second\"]"));
        await client.OkAsync("DeleteKeyPairs", ("KeyPairNames", "[\"first\",\"never-there\"]"));
        Assert.Equal("0", (await client.OkAsync("DetachKeyPair", ("KeyPairName", "second"), ("InstanceIds", $"[\"{id}\"]"))).Text("FailCount"));
        Assert.Equal("", await PairOfAsync(client));
        await client.OkAsync("DeleteKeyPairs", ("KeyPairNames", "[\"second\"]"));
        await client.RefusedAsync(404, "InvalidKeyPairName.NotFound", "AttachKeyPair", ("KeyPairName", "second"), ("InstanceIds", $"[\"{id}\"]"));
        await client.RefusedAsync(400, "InvalidKeyPairNames.ValueNotSupported", "DeleteKeyPairs", ("KeyPairNames", "second"));
    }

    [Fact]
    public async Task A_pair_is_tagged_by_its_name()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        foreach (var owner in (TestClient[])[client, guest]) await owner.OkAsync("ImportKeyPair", ("KeyPairName", "mine"), ("PublicKeyBody", PublicKey), ("Tag.1.Key", "a"));
        await client.OkAsync("TagResources", ("ResourceType", "keypair"), ("ResourceId.1", "mine"), ("Tag.1.Key", "b"), ("Tag.1.Value", "1"));
        var tags = (await client.OkAsync("ListTagResources", ("ResourceType", "keypair"), ("ResourceId.1", "mine"))).List("TagResources");
        Assert.Equal([("mine", "a"), ("mine", "b")], tags.Select(static t => (t.GetProperty("ResourceId").GetString(), t.GetProperty("TagKey").GetString())));
        Assert.Equal(0, (await guest.OkAsync("DescribeKeyPairs", ("Tag.1.Key", "b"))).TotalCount);
        Assert.Equal(1, (await client.OkAsync("DescribeKeyPairs", ("Tag.1.Key", "b"))).TotalCount);
    }

    private static async Task<string?> PairOfAsync(TestClient client) =>
        Assert.Single<JsonElement>((await client.OkAsync("DescribeInstances")).List("Instances")).GetProperty("KeyPairName").GetString();
}
