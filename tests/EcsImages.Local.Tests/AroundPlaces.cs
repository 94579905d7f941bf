namespace EcsImages.Local.Tests;

/// <summary>Networks, addresses, disks and keys of each kind and state, for listings to show and for calls to name.</summary>
internal static class AroundPlaces
{
    // Made with ssh-keygen for this test alone.
    public const string PublicKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDOqclsgxiKFHKya9ur5dQjrn5yBrvZ1V9vCVhp3b5ZL5fu3zrsfHrZyGdxPo2LqP6FRECEjKPkEnnpBmfQ3kRkoy0jVp56uH7+1FEs2DD9x8PSJQ6jOrEN6oDfbcvzc+6rtUButE2Nnh+1cPnX3pJpdNjGjIsKuZomBuQYjo+dFQ== test@example";

    public static async Task AddAsync(TestEndpoint endpoint, TestClient client, string image, Dictionary<string, string> places)
    {
        (places["vpc"], places["vswitch"], places["group"]) = await NetworkTests.MakeAsync(endpoint, client);
        places["empty"] = (await client.OkAsync("CreateVpc", ("UserCidr", "8.8.8.0/24"))).Text("VpcId");
        await client.OkAsync("AuthorizeSecurityGroup", ("SecurityGroupId", places["group"]), ("IpProtocol", "icmp"), ("PortRange", "-1/-1"), ("SourceGroupId", places["group"]));
        (places["plain"], places["instance2"]) = (await client.RunAsync(("ImageId", image), ("ZoneId", "cn-hangzhou-h")), await client.RunAsync(("ImageId", image)));
        places["bare"] = (await client.OkAsync("CreateInstance", ("ImageId", image), ("InstanceType", "ecs.g6.large"), ("InternetMaxBandwidthOut", "5"))).Text("InstanceId");
        (places["eip"], places["bound"]) = ((await client.OkAsync("AllocateEipAddress")).Text("AllocationId"), (await client.OkAsync("AllocateEipAddress")).Text("AllocationId"));
        places["key"] = PublicKey;
        await client.OkAsync("ImportKeyPair", ("KeyPairName", "pair"), ("PublicKeyBody", PublicKey), ("Tag.1.Key", "team"));
        (places["free"], places["used"]) = (await DiskAsync(client), await DiskAsync(client));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.OkAsync("AssociateEipAddress", ("AllocationId", places["bound"]), ("InstanceId", places["instance2"]));
        await client.OkAsync("AttachDisk", ("DiskId", places["used"]), ("InstanceId", places["plain"]));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    private static async Task<string> DiskAsync(TestClient client) => (await client.OkAsync("CreateDisk", ("ZoneId", "cn-hangzhou-h"), ("Size", "20"))).Text("DiskId");
}
