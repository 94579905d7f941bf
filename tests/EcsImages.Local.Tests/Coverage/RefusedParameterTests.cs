namespace EcsImages.Local.Tests.Coverage;

public sealed class RefusedParameterTests
{
    [Theory]
    [InlineData("DedicatedHostId", "dh-bp1", "InvalidDedicatedHostId.NotFound")]
    [InlineData("DeploymentSetId", "ds-bp1", "InvalidDeploymentSetId.NotFound")]
    [InlineData("HpcClusterId", "hpc-bp1", "InvalidHpcClusterId.NotFound")]
    public async Task What_there_is_none_of_is_unknown_by_any_id(string parameter, string id, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RefusedAsync(400, code, "RunInstances", ("ImageId", endpoint.AddImage(client, "web").Id), ("InstanceType", "ecs.g6.large"), (parameter, id));
    }
}
