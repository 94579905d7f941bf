using System.Collections.Concurrent;
using System.Text.Json;

namespace EcsImages.PowerShell.Tests.Building;

/// <summary>A service with one pipeline, ip-1 of the name web, whose executions go through the states that they are given, one each time that they are asked for; the last one stays.</summary>
internal sealed class BuildService : IDisposable
{
    /// <summary>The stages that the pipeline has: all of them.</summary>
    public const string Pipeline = """
        {"ImagePipelineId":"ip-1","Name":"web","BaseImageType":"IMAGE","BaseImage":"m-0","RepairMode":"Standard","TestContent":"RUN true",
         "ToRegionIds":{"ToRegionId":["cn-hangzhou","cn-beijing"]},"AddAccounts":{"AddAccount":["1234567890123456"]}}
        """;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _executions = new();

    public BuildService()
    {
        Service = new FakeService(Answer);
        Shell = FaultTests.Connect(Service);
    }

    public FakeService Service { get; }

    public TestShell Shell { get; }

    /// <summary>Whether the pipeline may be read.</summary>
    public bool ShowsPipeline { get; set; } = true;

    /// <summary>How the service answers CancelImagePipelineExecution and StartImagePipelineExecution; null is well.</summary>
    public FakeReply? Refusal { get; set; }

    public void Dispose()
    {
        Shell.Dispose();
        Service.Dispose();
    }

    /// <summary>An execution and what it answers, each time that it is asked for.</summary>
    public void Put(string id, params string[] states) => _executions[id] = new(states);

    /// <summary>A state as the members of a row.</summary>
    public static string State(string status, string? message = null, string? imageId = null, string? code = null, string? info = null) =>
        string.Join(',', new[] { ("Status", status), ("Message", message), ("ImageId", imageId), ("ErrorCode", code), ("ErrorInfo", info) }
            .Where(static m => m.Item2 is not null).Select(static m => $"\"{m.Item1}\":{JsonSerializer.Serialize(m.Item2)}"));

    private FakeReply Answer(FakeRequest request) => request.Action switch
    {
        "DescribeImagePipelines" when !ShowsPipeline => FakeReply.Error(403, "Forbidden.RAM", "Not allowed."),
        "DescribeImagePipelines" => FakeReply.Json($$$"""{"RequestId":"R","ImagePipeline":{"ImagePipelineSet":[{{{Pipeline}}}]}}"""),
        "StartImagePipelineExecution" => Refusal ?? FakeReply.Json("""{"RequestId":"R","ExecutionId":"exec-1"}"""),
        "CancelImagePipelineExecution" => Refusal ?? FakeReply.Json("""{"RequestId":"R"}"""),
        "DescribeImagePipelineExecutions" => Page(request),
        _ => FakeReply.Error(400, "UnsupportedOperation", request.Action),
    };

    private FakeReply Page(FakeRequest request)
    {
        var all = (request.Query("ExecutionId") is { } id ? [id] : _executions.Keys.Order().ToArray()).Where(_executions.ContainsKey).ToArray();
        var at = int.Parse(request.Query("NextToken") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        // Two at once: what is listed goes on.
        var rows = all.Skip(at).Take(2).Select(e => $$"""{"ExecutionId":"{{e}}","ImagePipelineId":"ip-1","CreationTime":"2026-11-24T06:00:00Z",{{Next(e)}}}""");
        return FakeReply.Json($$$"""{"RequestId":"R","NextToken":"{{{(at + 2 < all.Length ? at + 2 : "")}}}","ImagePipelineExecution":{"ImagePipelineExecutionSet":[{{{string.Join(',', rows)}}}]}}""");
    }

    private string Next(string id)
    {
        var states = _executions[id];
        return states.Count > 1 && states.TryDequeue(out var state) ? state : states.TryPeek(out var last) ? last : "";
    }
}
