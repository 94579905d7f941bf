using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Tests.Oos;

public sealed class OosRequestTests
{
    private const string Good = """{"sourceImageId":"m-1","instanceType":"ecs.g7.large"}""";

    [Theory]
    [InlineData("StartExecution", 404, "EntityNotExists.Template", "TemplateName=ACS-ECS-Other", "Parameters={}")]
    [InlineData("StartExecution", 404, "EntityNotExists.Template", "TemplateName=ACS-ECS-UpdateImage", "TemplateVersion=v9")]
    [InlineData("StartExecution", 400, "MissingParameter", "Parameters={}")]
    [InlineData("StartExecution", 400, "InvalidParameter", "TemplateContent={}")]
    [InlineData("StartExecution", 400, "InvalidParameter", "TemplateURL=http://example.com/t.yml")]
    [InlineData("GetTemplate", 404, "EntityNotExists.Template", "TemplateName=mine")]
    [InlineData("GetTemplate", 400, "MissingParameter")]
    [InlineData("ListExecutions", 400, "InvalidParameter", "MaxResults=9")]
    [InlineData("ListExecutions", 400, "InvalidParameter", "SortField=Name")]
    [InlineData("ListExecutions", 400, "InvalidParameter", "SortOrder=Up")]
    [InlineData("ListExecutions", 400, "InvalidParameter", "StartDateAfter=yesterday")]
    [InlineData("ListExecutions", 400, "InvalidParameter", "NextToken=zz")]
    [InlineData("ListExecutions", 400, "InvalidParameter", "ResourceTemplateName=x")]
    [InlineData("ListTaskExecutions", 400, "InvalidParameter", "MaxResults=101")]
    [InlineData("ListTaskExecutions", 404, "EntityNotExists.Execution", "ExecutionId=exec-none")]
    [InlineData("ListExecutionLogs", 404, "EntityNotExists.Execution", "ExecutionId=exec-none")]
    [InlineData("ListExecutionLogs", 400, "MissingParameter")]
    [InlineData("CancelExecution", 404, "EntityNotExists.Execution", "ExecutionId=exec-none")]
    public async Task A_request_that_the_service_refuses_is_refused_with_its_code(string operation, int status, string code, params string[] parameters)
    {
        await using var oos = await OosClient.StartAsync();
        var answer = await oos.CallAsync(operation, Split(parameters));
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("Parameters", "not json")]
    [InlineData("Parameters", "[]")]
    [InlineData("Parameters", "null")]
    [InlineData("Parameters", """{"sourceImageId":"m-1","sourceImageId":"m-2","instanceType":"ecs.g7.large"}""")]
    [InlineData("Parameters.colour", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","colour":"red"}""")]
    [InlineData("Parameters.instanceType", """{"sourceImageId":"m-1"}""", "MissingParameter")]
    [InlineData("Parameters.sourceImageId", """{"sourceImageId":null,"instanceType":"ecs.g7.large"}""")]
    [InlineData("Parameters.sourceImageId", """{"sourceImageId":7,"instanceType":"ecs.g7.large"}""")]
    [InlineData("Parameters.whetherCreateVpc", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","whetherCreateVpc":"perhaps"}""")]
    [InlineData("Parameters.internetMaxBandwidthOut", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","internetMaxBandwidthOut":101}""")]
    [InlineData("Parameters.timeout", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","timeout":"long"}""")]
    [InlineData("Parameters.commandType", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","commandType":"RunPython"}""")]
    [InlineData("Parameters.targetImageName", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","targetImageName":"x"}""")]
    [InlineData("Parameters.tags", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","tags":"{"}""")]
    [InlineData("Parameters.parameters", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","parameters":"{\"a\":1,\"a\":2}"}""")]
    [InlineData("Parameters", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","parameters":{"a":1,"a":2}}""")]
    [InlineData("Parameters.OOSAssumeRole", """{"sourceImageId":"m-1","instanceType":"ecs.g7.large","OOSAssumeRole":"OOSServiceRole"}""")]
    public async Task A_bad_parameter_of_the_template_is_named(string name, string parameters, string code = "InvalidParameter")
    {
        await using var oos = await OosClient.StartAsync();
        var answer = await oos.CallAsync("StartExecution", ("TemplateName", OosClient.Template), ("Parameters", parameters));
        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Contains(name + (code == "MissingParameter" ? "\"" : " "), answer.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await oos.OkAsync("ListExecutions")).TotalCount);
    }

    [Theory]
    [InlineData("Mode", "Debug")]
    [InlineData("Mode", "FailurePause")]
    [InlineData("Mode", "automatic")]
    [InlineData("LoopMode", "Never")]
    [InlineData("SafetyCheck", "No")]
    [InlineData("ParentExecutionId", "exec-1")]
    [InlineData("Tags", "a")]
    [InlineData("Tags", """{"a":1}""")]
    public async Task What_is_not_honoured_is_refused_in_words(string parameter, string value)
    {
        await using var oos = await OosClient.StartAsync();
        var answer = await oos.CallAsync("StartExecution", ("TemplateName", OosClient.Template), ("Parameters", Good), (parameter, value));
        Assert.Equal((400, "InvalidParameter"), (answer.Status, answer.Code));
        Assert.Contains(parameter, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_of_an_execution_is_shown_of_it()
    {
        await using var oos = await OosClient.StartAsync();
        var started = await oos.OkAsync("StartExecution", ("TemplateName", OosClient.Template), ("Parameters", Good), ("Description", "nightly"), ("LoopMode", "FirstBatchPause"),
            ("SafetyCheck", "Skip"), ("Tags", """{"team":"web"}"""), ("ResourceGroupId", "rg-1"));
        var shown = started.Body.GetProperty("Execution");
        Assert.Equal(("nightly", "FirstBatchPause", "Skip"), (shown.GetProperty("Description").GetString(), shown.GetProperty("LoopMode").GetString(), shown.GetProperty("SafetyCheck").GetString()));
        Assert.Equal("""{"team":"web"}""", shown.GetProperty("Tags").GetRawText());
        Assert.Equal($"root({oos.Ecs.Account.AccountId})", shown.GetProperty("ExecutedBy").GetString());
        Assert.Equal(600, JsonDocument.Parse(shown.GetProperty("Parameters").GetString()!).RootElement.GetProperty("timeout").GetInt32());
        var listed = await oos.ShowAsync(shown.GetProperty("ExecutionId").GetString()!);
        Assert.Equal("m-1", listed.GetProperty("Parameters").GetProperty("sourceImageId").GetString());
    }

    [Fact]
    public async Task The_same_client_token_starts_one_execution()
    {
        await using var oos = await OosClient.StartAsync();
        (string, string)[] call = [("TemplateName", OosClient.Template), ("Parameters", Good), ("ClientToken", "night-1")];
        var (first, again) = (await oos.OkAsync("StartExecution", call), await oos.OkAsync("StartExecution", call));
        Assert.Equal(first.Body.GetProperty("Execution").GetProperty("ExecutionId").GetString(), again.Body.GetProperty("Execution").GetProperty("ExecutionId").GetString());
        Assert.Equal("IdempotentParameterMismatch", (await oos.CallAsync("StartExecution", [.. call, ("Description", "other")])).Code);
        Assert.Equal(1, (await oos.OkAsync("ListExecutions")).TotalCount);
    }

    [Fact]
    public async Task The_text_of_a_template_is_a_template_with_the_tasks_that_are_carried_out()
    {
        await using var oos = await OosClient.StartAsync();
        var answer = await oos.OkAsync("GetTemplate", ("TemplateName", OosClient.Template));
        var template = JsonDocument.Parse(answer.Text("Content")).RootElement;
        Assert.Equal("OOS-2019-06-01", template.GetProperty("FormatVersion").GetString());
        Assert.Equal(11, template.GetProperty("Tasks").GetArrayLength());
        Assert.Equal(["sourceImageId", "instanceType"], template.GetProperty("Parameters").EnumerateObject().Where(static p => !p.Value.TryGetProperty("Default", out _)).Select(static p => p.Name));
        ReplyShape.AssertMatches(ApiContract.Oos.Operations["GetTemplate"], answer.Body);
    }

    [Fact]
    public async Task Every_reply_has_the_fields_and_types_of_the_contract()
    {
        await using var oos = await OosClient.StartAsync();
        var given = new JsonObject { ["sourceImageId"] = oos.Endpoint.AddImage(oos.Ecs, "base").Id, ["instanceType"] = "ecs.g7.large" };
        var started = await oos.OkAsync("StartExecution", ("TemplateName", OosClient.Template), ("Parameters", given.ToJsonString()), ("Tags", """{"a":"b"}"""));
        var id = started.Body.GetProperty("Execution").GetProperty("ExecutionId").GetString()!;
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(3));
        var replies = new Dictionary<string, Answer>
        {
            ["StartExecution"] = started,
            ["ListExecutions"] = await oos.OkAsync("ListExecutions"),
            ["ListTaskExecutions"] = await oos.OkAsync("ListTaskExecutions"),
            ["ListExecutionLogs"] = await oos.OkAsync("ListExecutionLogs", ("ExecutionId", id)),
            ["GetTemplate"] = await oos.OkAsync("GetTemplate", ("TemplateName", OosClient.Template)),
            ["CancelExecution"] = await oos.OkAsync("CancelExecution", ("ExecutionId", id)),
        };
        Assert.Equal(Operations.ByProduct["oos"].Keys.Order(StringComparer.Ordinal), replies.Keys.Order(StringComparer.Ordinal));
        Assert.Single(replies["ListExecutions"].Body.GetProperty("Executions")[0].GetProperty("CurrentTasks").EnumerateArray());
        foreach (var (operation, reply) in replies) ReplyShape.AssertMatches(ApiContract.Oos.Operations[operation], reply.Body);
    }

    private static (string, string)[] Split(string[] parameters) => [.. parameters.Select(static p => p.Split('=', 2)).Select(static p => (p[0], p[1]))];
}
