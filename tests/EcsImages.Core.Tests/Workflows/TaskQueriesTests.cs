using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.Core.Machines;
using EcsImages.Core.Tests.Support;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Workflows;

public sealed class TaskQueriesTests
{
    private const string Details = """
        {"TaskId":"t-1","TaskAction":"ExportImage","TaskStatus":"Failed","TaskProcess":"40%","SupportCancel":"true","CreationTime":"2026-11-23T02:13Z","FinishedTime":"2026-11-23T02:19Z",
        "OperationProgressSet":{"OperationProgress":[
            {"OperationStatus":"Success","RelatedItemSet":{"RelatedItem":[{"Name":"OSSBucket","Value":"mine"},{"Name":"OSSObject","Value":"a_system.raw.tar.gz"}]}},
            null,
            {"OperationStatus":"Failed","ErrorCode":"InvalidOSSObject.Size","ErrorMsg":"It is too large.","RelatedItemSet":{"RelatedItem":[{"Name":"OSSBucket","Value":"mine"},null,{"Name":"OSSObject","Value":"a_data.raw.tar.gz"}]}},
            {"OperationStatus":"Failed","ErrorCode":"Other","ErrorMsg":"It is too late.","RelatedItemSet":null}]}}
        """;

    [Fact]
    public async Task A_task_is_made_of_its_row_and_its_attributes()
    {
        var task = await new TaskQueries(Access(new ScriptedHandler(Rows(1, "Processing"), Answer.Json(Details)))).GetAsync("t-1", TestClient.Region, default);
        Assert.Equal(("t-1", "ExportImage", "Failed", 40, "m-1", "m-1"), (task.TaskId, task.Action, task.Status, task.ProgressPercent, task.ResourceId, task.ImageId));
        Assert.Equal("mine", task.BucketName);
        Assert.Equal(["a_system.raw.tar.gz", "a_data.raw.tar.gz"], task.ObjectKey);
        Assert.Equal(("InvalidOSSObject.Size", "It is too large. It is too late."), (task.ErrorCode, task.ErrorMessage));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 2, 19, 0, TimeSpan.Zero), task.FinishedTime);
        Assert.True(task.SupportCancel);
        Assert.True(task.IsOver);
    }

    [Fact]
    public async Task All_250_tasks_come_each_with_its_attributes_and_the_first_ones_before_a_page_is_done()
    {
        var handler = Service(static _ => "Finished");
        var (ids, asked) = (new List<string>(), 0);
        await foreach (var some in new TaskQueries(Access(handler)).ListAsync(new TaskFilter(), TestClient.Region, default))
        {
            if (asked == 0) asked = handler.Sent.Count;
            ids.AddRange(some.Select(static t => t.TaskId));
            Assert.All(some, static t => Assert.Equal(7, t.ProgressPercent));
        }
        Assert.Equal(Enumerable.Range(0, 250).Select(static i => $"t-{i}"), ids);
        Assert.Equal(11, asked);
        Assert.Equal(3 + 250, handler.Sent.Count);
    }

    [Fact]
    public async Task Words_may_be_written_in_any_case_and_states_that_the_service_does_not_filter_by_are_looked_at_here()
    {
        var handler = Service(static i => i % 100 == 0 ? "Waiting" : "Finished");
        var found = new List<string>();
        await foreach (var some in new TaskQueries(Access(handler)).ListAsync(new TaskFilter { Action = "exportimage", Status = ["waiting"] }, TestClient.Region, default))
            found.AddRange(some.Select(static t => t.TaskId));
        Assert.Equal(["t-0", "t-100", "t-200"], found);
        var pages = handler.Sent.Where(static s => s.Parameters.ContainsKey("PageNumber")).ToArray();
        Assert.Equal(3, pages.Length);
        Assert.All(pages, static p => Assert.Equal(("ExportImage", false), (p.Parameters["TaskAction"], p.Parameters.ContainsKey("TaskStatus"))));
    }

    [Fact]
    public async Task A_task_that_has_gone_on_since_it_was_listed_is_not_shown_as_what_it_was()
    {
        var handler = new ScriptedHandler(Rows(1, "Processing"), Answer.Json(Details));
        await foreach (var some in new TaskQueries(Access(handler)).ListAsync(new TaskFilter { Status = ["Processing"] }, TestClient.Region, default)) Assert.Empty(some);
        Assert.Equal("Processing", handler.Sent[0].Parameters["TaskStatus"]);
    }

    [Fact]
    public async Task A_task_that_the_service_forgets_between_two_calls_is_what_the_list_said_of_it()
    {
        var task = await new TaskQueries(Access(new ScriptedHandler(Rows(1, "Finished"), Answer.Error(400, "InvalidTaskId.NotFound")))).GetAsync("t-1", TestClient.Region, default);
        Assert.Equal(("Finished", (int?)null, "m-1"), (task.Status, task.ProgressPercent, task.ImageId));
        Assert.Empty(task.ObjectKey);
    }

    [Fact]
    public async Task What_the_attributes_cannot_be_had_of_is_an_error_and_not_half_a_task()
    {
        var queries = new TaskQueries(Access(new ScriptedHandler(Rows(1, "Finished"), Answer.Error(403, "Forbidden.RAM"))));
        Assert.Equal("Forbidden.RAM", (await Assert.ThrowsAsync<AcsException>(() => queries.GetAsync("t-1", TestClient.Region, default))).Code);
    }

    [Theory]
    [InlineData("Failed", "", "TaskFailed", "the service does not say why")]
    [InlineData("Cancelled", "", "TaskCancelled", "is Cancelled")]
    [InlineData("Expired", "2026-11-23T02:19Z", "UnexpectedStatus", "is Expired")]
    public async Task A_task_that_ended_otherwise_is_an_error(string status, string finished, string code, string text)
    {
        var handler = new ScriptedHandler(Rows(1, status, finished), Answer.Json("""{"TaskId":"t-1"}"""));
        var group = new FollowGroup<EcsTask>([new Followed("t-1", TestClient.Region)], FollowKinds.Task(Access(handler)));
        await foreach (var end in new Following(TestClient.Clock()).EndsAsync([group], null, static _ => { }, default))
        {
            var error = Assert.IsType<EndedOtherwiseException>(end.Error);
            Assert.Equal(code, error.Code);
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
            Assert.Contains("m-1", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_state_that_nobody_knows_is_waited_through_until_the_service_says_when_it_ended()
    {
        var handler = new ScriptedHandler(
            Rows(1, "Queued"), Answer.Json("""{"TaskId":"t-1","TaskProcess":"0%"}"""), Rows(1, "Processing"), Answer.Json("""{"TaskId":"t-1","TaskProcess":"55%"}"""),
            Rows(1, "Finished"), Answer.Json("""{"TaskId":"t-1","TaskProcess":"100%"}"""));
        var group = new FollowGroup<EcsTask>([new Followed("t-1", TestClient.Region)], FollowKinds.Task(Access(handler)));
        var (ends, progress) = (new List<FollowEnd<EcsTask>>(), new List<(string?, int?)>());
        await foreach (var end in new Following(TestClient.Clock()).EndsAsync([group], null, p => progress.Add((p.State, p.Percent)), default)) ends.Add(end);
        Assert.Equal("Finished", Assert.Single(ends).Result!.Status);
        Assert.Equal([("Queued", 0), ("Processing", 55), ("Finished", 100)], progress);
    }

    private static EcsAccess Access(ScriptedHandler handler) => TestClient.Access(handler, TestClient.Clock());

    private static Step Rows(int total, string status, string finished = "") => Answer.Json(
        $$$"""{"TotalCount":{{{total}}},"TaskSet":{"Task":[{"TaskId":"t-1","TaskAction":"ExportImage","TaskStatus":"{{{status}}}","ResourceId":"m-1","SupportCancel":"true","FinishedTime":"{{{finished}}}"},null]}}""");

    // 250 tasks, each in the state that its number has, and what each is asked for alone.
    private static ScriptedHandler Service(Func<int, string> status) => ScriptedHandler.Always((request, stop) =>
    {
        if (!request.Parameters.TryGetValue("PageNumber", out var page)) return Answer.Json("""{"TaskProcess":"7%"}""")(request, stop);
        var rows = Enumerable.Range(0, 250).Skip((int.Parse(page, CultureInfo.InvariantCulture) - 1) * 100).Take(100)
            .Select(i => $$"""{"TaskId":"t-{{i}}","TaskAction":"ExportImage","TaskStatus":"{{status(i)}}"}""");
        return Answer.Json($$$"""{"TotalCount":250,"TaskSet":{"Task":[{{{string.Join(',', rows)}}}]}}""")(request, stop);
    });
}
