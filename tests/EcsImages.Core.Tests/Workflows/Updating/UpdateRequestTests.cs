using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Core.Acs;
using EcsImages.Core.Oos;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Updating;

namespace EcsImages.Core.Tests.Workflows.Updating;

public sealed class UpdateRequestTests
{
    private static readonly UpdateRequest Least = new() { RegionId = "cn-hangzhou", SourceImageId = "m-1", InstanceType = "ecs.g7.large", Network = new() { VSwitchId = "vsw-1", SecurityGroupId = "sg-1" } };

    [Fact]
    public void What_is_not_said_is_left_to_the_template() => Assert.Equal(
        """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","updateType":"RunCommand","commandType":"RunShellScript","commandContent":"dnf -y upgrade && echo 'ok'","vSwitchId":"vsw-1","securityGroupId":"sg-1"}""",
        (Least with { Command = UpdateCommand.Of("dnf -y upgrade && echo 'ok'", null, null, "linux") }).Parameters());

    [Fact]
    public void Everything_that_is_said_is_a_parameter_that_the_template_has()
    {
        var request = Least with
        {
            Command = UpdateCommand.Of("x", null, null, "linux"),
            CommandTimeoutSeconds = 60,
            ImageName = "new",
            Tags = [new("a", "1"), new("b", null)],
            Network = UpdateNetwork.ToMake("10.0.0.0/16", "10.0.1.0/24", "cn-hangzhou-h"),
            InternetMaxBandwidthOut = 5,
            RamRoleName = "machine",
            OosRoleName = "service",
            SystemDiskCategory = "cloud_auto",
        };
        var package = Least with { PackageName = "p", PackageVersion = "v1", PackageParameters = new JsonObject { ["k"] = true } };
        using var facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "contract", "oos-2019-06-01.json")));
        var known = facts.RootElement.GetProperty("publicTemplates").GetProperty(UpdateTemplate.Name).GetProperty("parameters").EnumerateArray().Select(static p => p.GetProperty("name").GetString());
        var (script, install) = (JsonNode.Parse(request.Parameters())!.AsObject(), JsonNode.Parse(package.Parameters())!.AsObject());
        Assert.Empty(script.Concat(install).Select(static p => p.Key).Except(known));
        Assert.Equal("""[{"Key":"a","Value":"1"},{"Key":"b","Value":""}]""", script["tags"]!.ToJsonString());
        Assert.Equal("""{"k":true}""", install["parameters"]!.ToJsonString());
        Assert.Equal(("true", "60", "InstallPackage"), (script["whetherCreateVpc"]!.ToJsonString(), script["timeout"]!.ToJsonString(), (string)install["updateType"]!));
        Assert.False(install.ContainsKey("commandContent"));
    }

    [Theory]
    [InlineData("10.0.0.0/7", null)]
    [InlineData("10.0.0.0/29", null)]
    [InlineData("everything", null)]
    [InlineData("fd00::/64", null)]
    [InlineData(null, "10.0.0.0/24")]
    [InlineData("192.168.1.0/24", "192.168.0.0/16")]
    [InlineData("192.168.0.0/16", "192.168.1.0/30")]
    public void A_network_that_could_not_be_made_is_refused(string? vpc, string? vswitch) =>
        Assert.Equal("InvalidCidrBlock", Assert.Throws<PreconditionException>(() => UpdateNetwork.ToMake(vpc, vswitch, null)).Code);

    [Theory]
    [InlineData(false, "RunCommand", 7)]
    [InlineData(true, "RunCommand", 10)]
    [InlineData(true, "InstallPackage", 10)]
    [InlineData(false, null, 7)]
    public void An_update_goes_through_as_many_tasks_as_its_parameters_say(bool makesNetwork, string? updateType, int count)
    {
        var tasks = UpdateTemplate.TasksOf(makesNetwork, updateType);
        Assert.Equal((count, "checkNewImageName"), (tasks.Count, tasks[0]));
        Assert.Equal(updateType is "InstallPackage", tasks.Contains("configurePackage"));
        Assert.Equal(makesNetwork ? "deleteStack" : "deleteInstance", tasks[^1]);
    }

    [Fact]
    public async Task A_script_travels_in_the_body_and_shows_in_no_URL()
    {
        var request = new StartExecutionRequest { RegionId = "cn-hangzhou", TemplateName = UpdateTemplate.Name, Parameters = (Least with { Command = UpdateCommand.Of("login hunter2", null, null, null) }).Parameters() };
        using var sent = Acs3Request.Create(new Uri("https://oos.cn-hangzhou.aliyuncs.com"), OosApi.StartExecution, AcsParameters.Of(OosApi.StartExecution, request),
            new AcsCredential("id", "secret"), DateTimeOffset.UnixEpoch, "nonce");
        Assert.Equal("https://oos.cn-hangzhou.aliyuncs.com/", sent.RequestUri!.AbsoluteUri);
        Assert.Contains("hunter2", Encoding.UTF8.GetString(await sent.Content!.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Redaction.Describe(AcsParameters.Of(OosApi.StartExecution, request)), StringComparison.Ordinal);
    }

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "EcsImages.sln"))) folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }
}
