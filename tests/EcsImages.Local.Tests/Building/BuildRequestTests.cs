using System.Globalization;
using static EcsImages.Local.Tests.Building.BuildWorld;

namespace EcsImages.Local.Tests.Building;

public sealed class BuildRequestTests
{
    [Theory]
    [InlineData(400, "EmptyCommandContent.RUN", "BuildContent", "RUN")]
    [InlineData(400, "NotEmptyCommandContent.RESTART", "BuildContent", "RUN a\nRESTART now")]
    [InlineData(400, "InvalidImageTemplateCommand.NotSupported", "BuildContent", "EXPOSE 80")]
    [InlineData(400, "InvalidCommandOrder.FROM", "BuildContent", "RUN a\nFROM IMAGE:m-1")]
    [InlineData(400, "InvalidParameter.BuildContent", "BuildContent", "Tasks:\n  - Name: a")]
    [InlineData(400, "EmptyCommandContent.ENV", "TestContent", "ENV")]
    [InlineData(400, "InvalidParameter.TestContent", "TestContent", "Tasks:\n  - Name: a")]
    [InlineData(404, "ImageComponent.NotFound", "BuildContent", "COMPONENT ic-none")]
    [InlineData(404, "ImageComponent.NotFound", "BuildContent", "COMPONENT acs:ecs:cn-hangzhou:aliyun:imagecomponent/web/1.*.*")]
    [InlineData(400, "InvalidImageComponent.NotSupported", "TestContent", "COMPONENT {plain}")]
    [InlineData(400, "InvalidImageComponent.NotSupported", "BuildContent", "COMPONENT {windows}")]
    [InlineData(400, "InvalidParameter.BuildContent", "BuildContent", "COMPONENT {plain} --port 80")]
    [InlineData(400, "InvalidParameter.BuildContent", "BuildContent", "COMPONENT {yaml}")]
    [InlineData(400, "InvalidParameter.BuildContent", "BuildContent", "COMPONENT {yaml} --port eighty")]
    [InlineData(400, "InvalidParameter.BuildContent", "BuildContent", "COMPONENT {yaml} --port 80 --secure maybe")]
    [InlineData(400, "InvalidParameter.BuildContent", "BuildContent", "COMPONENT {yaml} --port 80 --host a")]
    public async Task A_content_is_refused_with_its_place_when_the_pipeline_is_made_and_when_it_is_started(int status, string code, string parameter, string content)
    {
        await using var world = await BuildWorld.StartAsync();
        content = content.Replace("{plain}", await world.ComponentAsync("RUN a"), StringComparison.Ordinal)
            .Replace("{windows}", await world.ComponentAsync("Tasks:\n  - Name: a\n    Action: Reboot", ("SystemType", "Windows")), StringComparison.Ordinal)
            .Replace("{yaml}", await world.ComponentAsync("Parameters:\n  port:\n    Type: Number\n  secure:\n    Type: Boolean\n    DefaultValue: true\nTasks:\n  - Name: a\n    Action: Reboot"), StringComparison.Ordinal);
        var image = world.AddBase().Id;
        var refused = await world.Client.EcsAsync("CreateImagePipeline", ("BaseImageType", "IMAGE"), ("BaseImage", image), (parameter, content));
        Assert.Equal((status, code), (refused.Status, refused.Code));
        if (!content.StartsWith("Tasks", StringComparison.Ordinal)) Assert.Contains(code == "InvalidCommandOrder.FROM" || content.Contains("now", StringComparison.Ordinal) ? "line 2" : "line 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains(parameter, refused.Message, StringComparison.Ordinal);
        // As if the component had been another when the pipeline was made.
        var pipeline = await world.PipelineAsync(("BaseImageType", "IMAGE"), ("BaseImage", image));
        world.Endpoint.Arrange(s => s.Execute("UPDATE image_pipeline SET parameters = json_set(parameters, $path, $content)", ("path", $"$.{parameter}"), ("content", content)));
        // The table of StartImagePipelineExecution has not every code.
        var started = await world.Client.EcsAsync("StartImagePipelineExecution", ("ImagePipelineId", pipeline));
        Assert.Equal((status, code), (started.Status, started.Code));
        Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM image_pipeline_execution"));
    }

    [Theory]
    [InlineData(400, "EmptyCommandContent.RUN", "RUN")]
    [InlineData(404, "NotSupportedCommand.FROM", "FROM IMAGE:m-1")]
    [InlineData(400, "InvalidCommand.Component", "COMPONENT ic-1")]
    [InlineData(400, "InvalidImageTemplateCommand.NotSupported", "VOLUME /x")]
    [InlineData(400, "InvalidCommandContent.COPY", "COPY a")]
    public async Task A_components_content_is_refused_with_its_place(int status, string code, string content)
    {
        await using var world = await BuildWorld.StartAsync();
        var refused = await world.Client.EcsAsync("CreateImageComponent", ("Content", content));
        Assert.Equal((status, code), (refused.Status, refused.Code));
        Assert.StartsWith("Content, line 1, column ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "InvalidImagePipeline.NotFound", "DELETE FROM image_pipeline")]
    [InlineData(404, "InvalidImagePipeline.BaseImageNotFound", "DELETE FROM image")]
    [InlineData(404, "InvalidInstanceType.NotFound", "UPDATE image_pipeline SET parameters = json_set(parameters, '$.InstanceType', 'ecs.none.large')")]
    [InlineData(404, "InvalidVSwitchId.NotFound", "UPDATE image_pipeline SET parameters = json_set(parameters, '$.VSwitchId', 'vsw-none')")]
    [InlineData(404, "InvalidRegionId.NotFound", "UPDATE image_pipeline SET parameters = json_set(parameters, '$.\"ToRegionId.1\"', 'cn-nowhere')")]
    public async Task What_went_missing_since_is_refused_when_it_is_started(int status, string code, string meanwhile)
    {
        await using var world = await BuildWorld.StartAsync();
        var pipeline = await world.PipelineAsync();
        world.Endpoint.Arrange(s => s.Execute(meanwhile));
        await world.Client.RefusedAsync(status, code, "StartImagePipelineExecution", ("ImagePipelineId", pipeline));
    }

    [Theory]
    [InlineData(400, "InvalidTagKey.Malformed", "Tag.1.Key=acs:x")]
    [InlineData(400, "Duplicate.TagKey", "Tag.1.Key=a&Tag.2.Key=a")]
    public async Task Wrong_tags_are_refused(int status, string code, string parameters)
    {
        await using var world = await BuildWorld.StartAsync();
        var pipeline = await world.PipelineAsync();
        await world.Client.RefusedAsync(status, code, "StartImagePipelineExecution", [("ImagePipelineId", pipeline), .. parameters.Split('&').Select(static p => p.Split('=')).Select(static p => (p[0], p[1]))]);
    }

    [Fact]
    public async Task A_pipeline_has_one_execution_at_a_time_and_stays_while_it_runs()
    {
        await using var world = await BuildWorld.StartAsync();
        var pipeline = await world.PipelineAsync();
        var id = await world.StartPipelineAsync(pipeline, ("ClientToken", "once"), ("TemplateTag.1.Key", "run"));
        Assert.Equal(id, await world.StartPipelineAsync(pipeline, ("ClientToken", "once"), ("TemplateTag.1.Key", "run")));
        await world.Client.RefusedAsync(403, "InvalidImagePipeline.HasRunningExecution", "StartImagePipelineExecution", ("ImagePipelineId", pipeline));
        await world.Client.RefusedAsync(403, "InvalidImagePipeline.HasRunningExecution", "DeleteImagePipeline", ("ImagePipelineId", pipeline));
        // Another pipeline is another matter.
        var other = await world.BuildAsync();
        AssertStatus("SUCCESS", await world.EndAsync(id));
        Assert.Equal("SUCCESS", await world.StatusAsync(other));
        var second = await world.StartPipelineAsync(pipeline);
        AssertStatus("SUCCESS", await world.EndAsync(second));
        // The executions go with their pipeline; the images stay.
        await world.Client.OkAsync("DeleteImagePipeline", ("ImagePipelineId", pipeline));
        Assert.Equal(1, world.Endpoint.Count("SELECT count(*) FROM image_pipeline_execution"));
        Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM tag"));
        Assert.Equal(5, (await world.ImagesAsync()).Length);
    }

    [Fact]
    public async Task Executions_are_listed_filtered_and_paged()
    {
        await using var world = await BuildWorld.StartAsync();
        var pipeline = await world.PipelineAsync();
        var made = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            made.Insert(0, await world.StartPipelineAsync(pipeline, ("Tag.1.Key", "run"), ("Tag.1.Value", i.ToString(CultureInfo.InvariantCulture))));
            world.Advance(60);
        }
        var running = await world.StartPipelineAsync(pipeline);
        var other = await world.BuildAsync();
        await FindsAsync([running, .. made], ("ImagePipelineId", pipeline));
        await FindsAsync([made[1]], ("ExecutionId", made[1]));
        await FindsAsync([other], ("ExecutionId", other));
        await FindsAsync([made[0], made[2]], ("ExecutionId", $"{made[0]},{made[2]}"));
        await FindsAsync([running], ("ImagePipelineId", pipeline), ("Status", "PREPARING"));
        await FindsAsync([running, .. made], ("ImagePipelineId", pipeline), ("Status", "PREPARING,SUCCESS"));
        await FindsAsync([], ("ImagePipelineId", pipeline), ("Status", "FAILED"));
        await FindsAsync([made[2]], ("ImagePipelineId", pipeline), ("Tag.1.Key", "run"), ("Tag.1.Value", "0"));
        var page = await world.Client.OkAsync("DescribeImagePipelineExecutions", ("ImagePipelineId", pipeline), ("MaxResults", "3"));
        Assert.Equal((4, 3), (page.TotalCount, page.List("ImagePipelineExecution").Count));
        var rest = await world.Client.OkAsync("DescribeImagePipelineExecutions", ("ImagePipelineId", pipeline), ("MaxResults", "3"), ("NextToken", page.Text("NextToken")));
        Assert.Equal((made[2], ""), (Text(Assert.Single(rest.List("ImagePipelineExecution")), "ExecutionId"), rest.Text("NextToken")));
        await world.Client.RefusedAsync(400, "MissingParameter.ImagePipelineId", "DescribeImagePipelineExecutions");
        await world.Client.RefusedAsync(404, "InvalidImagePipeline.NotFound", "DescribeImagePipelineExecutions", ("ImagePipelineId", "ip-none"));
        await world.Client.RefusedAsync(400, "InvalidParameter.Status", "DescribeImagePipelineExecutions", ("ImagePipelineId", pipeline), ("Status", "SUCCESS,DONE"));
        await world.Client.RefusedAsync(403, "Invalid.NextToken", "DescribeImagePipelineExecutions", ("ImagePipelineId", pipeline), ("NextToken", "mine"));
        await world.Client.RefusedAsync(400, "InvalidExecutionId.SizeExceeded", "DescribeImagePipelineExecutions", ("ExecutionId", string.Join(',', Enumerable.Repeat("exec-x", 21))));

        async Task FindsAsync(string[] expected, params (string, string)[] filter) => Assert.Equal(expected,
            (await world.Client.OkAsync("DescribeImagePipelineExecutions", filter)).List("ImagePipelineExecution").Select(static e => Text(e, "ExecutionId")));
    }

    [Theory]
    [InlineData(404, "MissingParameter.RepairMode", "RepairItem.1=GUESTOS.Fstab")]
    [InlineData(400, "MissingParameter", "RepairMode=Customized")]
    [InlineData(400, "InvalidParameter", "RepairMode=Customized&RepairItem.1=Clock")]
    [InlineData(400, "InvalidImage.NotSupportRepair", "RepairMode=Standard&BaseImageType=OSS&BaseImage=&ImportImageOptions.Platform=FreeBSD&ImportImageOptions.DiskDeviceMappings.1.OSSBucket=images&ImportImageOptions.DiskDeviceMappings.1.OSSObject=a.raw")]
    public async Task A_repair_that_cannot_be_is_refused(int status, string code, string parameters)
    {
        await using var world = await BuildWorld.StartAsync();
        var given = new Dictionary<string, string> { ["BaseImageType"] = "IMAGE", ["BaseImage"] = world.AddBase().Id };
        foreach (var pair in parameters.Split('&').Select(static p => p.Split('=', 2))) given[pair[0]] = pair[1];
        await world.Client.RefusedAsync(status, code, "CreateImagePipeline", [.. given.Select(static p => (p.Key, p.Value))]);
    }

    [Fact]
    public async Task A_user_who_may_start_a_pipeline_needs_no_right_to_what_the_service_does_for_it()
    {
        await using var world = await BuildWorld.StartAsync();
        var (pipeline, other) = (await world.PipelineAsync(), await world.PipelineAsync());
        var policy = $$"""{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StartImagePipelineExecution","Resource":"acs:ecs:cn-hangzhou:*:imagepipeline/{{pipeline}}"}]}""";
        using var user = await world.Endpoint.UserAsync(policy: policy);
        await user.RefusedAsync(403, "Forbidden.RAM", "StartImagePipelineExecution", ("ImagePipelineId", other));
        var id = (await user.OkAsync("StartImagePipelineExecution", ("ImagePipelineId", pipeline))).Text("ExecutionId");
        await user.RefusedAsync(403, "Forbidden.RAM", "CancelImagePipelineExecution", ("ExecutionId", id));
        AssertStatus("SUCCESS", await world.EndAsync(id));
    }
}
