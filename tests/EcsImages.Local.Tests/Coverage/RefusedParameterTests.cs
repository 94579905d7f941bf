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
}
