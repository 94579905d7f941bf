namespace EcsImages.Local.Tests.Coverage;

public sealed class RefusedParameterTests
{
    [Theory]
    [InlineData("DedicatedHostId", "dh-bp1", "InvalidDedicatedHostId.NotFound", "RunInstances", "CreateInstance")]
    [InlineData("DeploymentSetId", "ds-bp1", "InvalidDeploymentSetId.NotFound", "RunInstances", "CreateInstance")]
    [InlineData("HpcClusterId", "hpc-bp1", "InvalidHpcClusterId.NotFound", "RunInstances", "CreateInstance")]
    public async Task What_there_is_none_of_is_unknown_by_any_id(string parameter, string id, string code, params string[] launching)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        foreach (var operation in launching)
            await client.RefusedAsync(400, code, operation, ("ImageId", image), ("InstanceType", "ecs.g6.large"), (parameter, id));
    }

    [Theory]
    [InlineData("CreateInstance", "InvalidDedicatedHostId.NotFound", "DedicatedHostId=dh-bp1", "ImageId={image}", "InstanceType=ecs.g6.large")]
    [InlineData("CreateInstance", "InvalidDeploymentSetId.NotFound", "DeploymentSetId=ds-bp1", "ImageId={image}", "InstanceType=ecs.g6.large")]
    [InlineData("CreateInstance", "InvalidHpcClusterId.NotFound", "HpcClusterId=hpc-bp1", "ImageId={image}", "InstanceType=ecs.g6.large")]
    [InlineData("CreateDisk", "InvalidStorageSetId.NotFound", "StorageSetId=ss-bp1", "Size=20", "ZoneId=cn-hangzhou-h")]
    [InlineData("CreateDisk", "InvalidStorageClusterId.NotExist", "StorageClusterId=dbsc-1", "Size=20", "ZoneId=cn-hangzhou-h")]
    [InlineData("CreateDisk", "InvalidInstanceChargeType.ValueNotSupported", "InstanceId={instance}", "Size=20")]
    [InlineData("ReplaceSystemDisk", "InvalidDiskId.NotFound", "DiskId=d-bp1", "InstanceId={instance}")]
    [InlineData("DescribeTags", "Invalid.TagCategory", "Category=user")]
    [InlineData("DescribeInstances", "InvalidHpcClusterId.NotFound", "HpcClusterId=hpc-bp1")]
    [InlineData("DescribeSnapshots", "InvalidSnapshotLinkId.NotFound", "SnapshotLinkId=sl-bp1")]
    [InlineData("RunInstances", "InvalidOperation.InvalidNetworkInterfaceId", "NetworkInterface.1.NetworkInterfaceId=eni-bp1", "ImageId={image}", "InstanceType=ecs.g6.large")]
    [InlineData("DescribeAvailableResource", "InvalidDedicatedHostId.NotFound", "DedicatedHostId=dh-bp1", "DestinationResource=Zone")]
    [InlineData("AllocatePublicIpAddress", "InvalidIpAddress.NotFound", "IpAddress=198.18.0.1", "InstanceId={instance}")]
    [InlineData("AllocatePublicIpAddress", "InvalidVlanId.NotFound", "VlanId=1", "InstanceId={instance}")]
    [InlineData("AuthorizeSecurityGroup", "InvalidPrefixListId.NotFound", "SourcePrefixListId=pl-1", "SecurityGroupId={group}", "IpProtocol=all", "PortRange=-1/-1")]
    [InlineData("AuthorizeSecurityGroup", "InvalidPrefixListId.NotFound", "Permissions.1.SourcePrefixListId=pl-1", "SecurityGroupId={group}", "Permissions.1.IpProtocol=all")]
    [InlineData("AuthorizeSecurityGroup", "InvalidParameter", "Permissions.1.PortRangeListId=prl-1", "SecurityGroupId={group}", "Permissions.1.IpProtocol=all")]
    [InlineData("AuthorizeSecurityGroupEgress", "InvalidPrefixListId.NotFound", "DestPrefixListId=pl-1", "SecurityGroupId={group}", "IpProtocol=all", "PortRange=-1/-1")]
    [InlineData("AuthorizeSecurityGroupEgress", "InvalidPrefixListId.NotFound", "Permissions.1.DestPrefixListId=pl-1", "SecurityGroupId={group}", "Permissions.1.IpProtocol=all")]
    [InlineData("AuthorizeSecurityGroupEgress", "InvalidParameter", "Permissions.1.PortRangeListId=prl-1", "SecurityGroupId={group}", "Permissions.1.IpProtocol=all")]
    public async Task Neither_do_the_operations_around_images_take_what_there_is_none_of(string operation, string code, params string[] parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        var instance = endpoint.AddInstance(client, image);
        var group = (await client.OkAsync("CreateSecurityGroup")).Text("SecurityGroupId");
        var answer = await client.EcsAsync(operation, [.. parameters.Select(p => p.Replace("{image}", image).Replace("{instance}", instance).Replace("{group}", group).Split('=', 2)).Select(static p => (p[0], p[1]))]);
        Assert.Equal(code, answer.Code);
    }

    [Theory]
    [InlineData("CpuOptions.Core", "2")]
    [InlineData("CpuOptions.NestedVirtualization", "enabled")]
    [InlineData("CpuOptions.ThreadsPerCore", "2")]
    [InlineData("CpuOptions.TopologyType", "ContinuousCoreToHTMapping")]
    [InlineData("CreditSpecification", "Standard")]
    [InlineData("EnableJumboFrame", "true")]
    [InlineData("EnableNetworkEncryption", "true")]
    [InlineData("NetworkInterfaceQueueNumber", "2")]
    [InlineData("PrivateDnsNameOptions.EnableInstanceIdDnsAAAARecord", "true")]
    [InlineData("PrivateDnsNameOptions.EnableInstanceIdDnsARecord", "true")]
    [InlineData("PrivateDnsNameOptions.EnableIpDnsARecord", "true")]
    [InlineData("PrivateDnsNameOptions.EnableIpDnsPtrRecord", "true")]
    [InlineData("PrivateDnsNameOptions.HostnameType", "Custom")]
    [InlineData("Recyclable", "true")]
    [InlineData("RemoteConnectionOptions.Password", "x")]
    [InlineData("RemoteConnectionOptions.Type", "vnc")]
    public async Task An_instance_has_no_setting_that_nothing_stands_for(string parameter, string value)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = endpoint.AddInstance(client, endpoint.AddImage(client, "web").Id);
        await client.RefusedAsync(400, "InvalidParameter", "ModifyInstanceAttribute", ("InstanceId", instance), (parameter, value));
    }
}
