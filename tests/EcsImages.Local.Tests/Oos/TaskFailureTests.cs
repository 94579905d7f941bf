using System.Text.Json.Nodes;

namespace EcsImages.Local.Tests.Oos;

/// <summary>Each task made to fail by what a caller can send: where, why, and that nothing is left of it.</summary>
public sealed class TaskFailureTests
{
    [Theory]
    [InlineData("createStack", "VSwitchCidrBlock", """{"whetherCreateVpc":true,"vSwitchCidrBlock":"10.0.0.0/24"}""")]
    [InlineData("createStack", "VpcCidrBlock", """{"whetherCreateVpc":true,"vpcCidrBlock":"everything"}""")]
    [InlineData("createStack", "InvalidZoneId.NotFound", """{"whetherCreateVpc":true,"zoneId":"cn-hangzhou-z"}""")]
    [InlineData("runInstances", "InvalidInstanceType.NotSupported", """{"whetherCreateVpc":true,"instanceType":"ecs.g8y.large"}""")]
    [InlineData("runInstances", "InvalidVSwitchId.NotFound", """{"vSwitchId":"vsw-none"}""")]
    [InlineData("runInstances", "InvalidSecurityGroupId.NotFound", """{"securityGroupId":"sg-none"}""")]
    [InlineData("runInstances", "InvalidRamRole.NotFound", """{"ramRoleName":"nobody"}""")]
    [InlineData("runInstances", "InvalidSystemDiskCategory.ValueNotSupported", """{"systemDiskCategory":"floppy"}""")]
    [InlineData("runCommand", "commandType", """{"commandType":"RunBatScript","whetherCreateVpc":true}""")]
    [InlineData("configurePackage", "packageName", """{"updateType":"InstallPackage"}""")]
    [InlineData("createImage", "Tag", """{"tags":[{"Value":"no key"}],"whetherCreateVpc":true}""")]
    [InlineData("createImage", "list", """{"tags":{"team":"web"}}""")]
    public async Task A_task_that_cannot_be_done_fails_the_execution_and_leaves_nothing(string task, string words, string parameters)
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id, JsonNode.Parse(parameters)!.AsObject());
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var ended = await oos.ShowAsync(id);
        Assert.Equal("Failed", ended.GetProperty("Status").GetString());
        var message = ended.GetProperty("StatusMessage").GetString()!;
        Assert.StartsWith($"The task {task} failed. ", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"{task} Failed", await oos.TasksAsync(id));
        Assert.Contains(await oos.LogAsync(id), l => l.StartsWith($"The task {task} failed. ", StringComparison.Ordinal));
        Assert.Equal(0, await oos.InstancesAsync());
        Assert.Equal(0, oos.Endpoint.Count("SELECT count(*) FROM vpc WHERE is_default = 0"));
        Assert.Equal("base", Assert.Single((await oos.Ecs.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("Status", "Creating,Waiting,Available,UnAvailable,CreateFailed"))).Images).GetProperty("ImageName").GetString());
    }

    [Fact]
    public async Task A_network_that_somebody_takes_away_fails_the_task_that_waits_for_it()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id, new() { ["whetherCreateVpc"] = true });
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(0.4));
        Assert.Contains("createStack Running", await oos.TasksAsync(id));
        oos.Endpoint.Arrange(static s => s.Execute("DELETE FROM vswitch WHERE vpc IN (SELECT id FROM vpc WHERE is_default = 0)"));
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Failed", await oos.StatusAsync(id));
        Assert.Contains("untilStackReady Failed", await oos.TasksAsync(id));
        Assert.Equal(0, oos.Endpoint.Count("SELECT count(*) FROM vpc WHERE is_default = 0"));
    }

    [Fact]
    public async Task An_update_runs_in_the_network_and_with_the_role_that_it_names()
    {
        await using var oos = await OosClient.StartAsync();
        var vswitch = (await oos.Ecs.OkAsync("DescribeVSwitches")).List("VSwitches")[0];
        var group = (await oos.Ecs.OkAsync("CreateSecurityGroup", ("VpcId", vswitch.GetProperty("VpcId").GetString()!), ("SecurityGroupName", "updates"))).Text("SecurityGroupId");
        oos.Endpoint.Arrange(s => Store.UsualRoles.Make(s, oos.Ecs.Account.AccountId));
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id, new()
        {
            ["vSwitchId"] = vswitch.GetProperty("VSwitchId").GetString(),
            ["securityGroupId"] = group,
            ["ramRoleName"] = "AliyunECSImageImportDefaultRole",
            ["internetMaxBandwidthOut"] = 5,
            ["systemDiskCategory"] = "cloud_auto",
        });
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var instance = (await oos.Ecs.OkAsync("DescribeInstances")).List("Instances").Single();
        Assert.Equal(vswitch.GetProperty("VSwitchId").GetString(), instance.GetProperty("VpcAttributes").GetProperty("VSwitchId").GetString());
        Assert.Equal(group, instance.GetProperty("SecurityGroupIds").GetProperty("SecurityGroupId")[0].GetString());
        Assert.Equal(5, instance.GetProperty("InternetMaxBandwidthOut").GetInt32());
        Assert.Equal("cloud_auto", (await oos.Ecs.OkAsync("DescribeDisks")).List("Disks").Single().GetProperty("Category").GetString());
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Success", await oos.StatusAsync(id));
    }

    [Fact]
    public async Task A_success_says_of_itself_what_was_not_executed()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id, new() { ["commandContent"] = "x" });
        Assert.Equal("", (await oos.ShowAsync(id)).GetProperty("StatusMessage").GetString());
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var ended = await oos.ShowAsync(id);
        Assert.Equal("Success", ended.GetProperty("Status").GetString());
        Assert.StartsWith("A command of the type RunShellScript with 1 character was to be run. Nothing was executed inside i-", ended.GetProperty("StatusMessage").GetString(), StringComparison.Ordinal);
    }
}
