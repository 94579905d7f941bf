using System.Text.Json;
using EcsImages.Core.Images;
using EcsImages.Core.Oos;

namespace EcsImages.Core.Workflows.Updating;

/// <summary>Turns what OOS answers about an execution into our object; what cannot be read is null.</summary>
internal static class UpdateReading
{
    private const string Skipped = "Skipped", Running = "Running";

    public static EcsImageUpdate Read(ExecutionReply reply, string regionId, string accountId) => Read(new()
    {
        ExecutionId = reply.ExecutionId ?? "",
        ImageId = reply.Status is EcsImageUpdate.Success ? Member(reply.Outputs, "imageId") : null,
        Status = Wire.NotEmpty(reply.Status),
        CurrentTask = reply.CurrentTasks.Select(static t => Wire.NotEmpty(t?.TaskName)).FirstOrDefault(static n => n is not null),
        Message = Words(reply.StatusMessage),
        ExecutedBy = Wire.NotEmpty(reply.ExecutedBy),
        CreationTime = Wire.Time(reply.CreateDate),
        FinishedTime = Wire.Time(reply.EndDate),
        RegionId = regionId,
        ContextAccountId = accountId,
    }, Object(reply.Parameters));

    /// <summary>One that was just started; the service's lists may lag behind.</summary>
    public static EcsImageUpdate Read(StartedExecutionReply reply, string regionId, string accountId) => Read(new()
    {
        ExecutionId = reply.ExecutionId ?? throw new InvalidDataException("StartExecution answered without an ExecutionId."),
        Status = Wire.NotEmpty(reply.Status),
        Message = Words(reply.StatusMessage),
        CreationTime = Wire.Time(reply.CreateDate),
        RegionId = regionId,
        ContextAccountId = accountId,
    }, Parsed(reply.Parameters));

    /// <summary>The update with its tasks, which tell where it stands and what came of it.</summary>
    public static EcsImageUpdate With(EcsImageUpdate update, IReadOnlyList<TaskExecutionReply> replies)
    {
        EcsImageUpdateTask[] tasks = [.. replies.Select(Read)];
        var at = tasks.FirstOrDefault(t => t.Status == (update.IsOver ? EcsImageUpdate.Failed : Running))?.Name ?? (update.IsOver ? null : update.CurrentTask);
        return update with
        {
            Tasks = tasks,
            CurrentTask = at,
            CommandOutput = tasks.Where(static t => t.Name is "runCommand" or "configurePackage" && t.Status is not Skipped)
                .Select(static t => Member(t.Outputs, "commandOutput") ?? Member(t.Outputs, "invocationOutput")).FirstOrDefault(static o => o is not null),
        };
    }

    public static EcsImageUpdateLogLine Read(ExecutionLogReply reply, IReadOnlyList<EcsImageUpdateTask> tasks) => new()
    {
        Time = Wire.Time(reply.Timestamp),
        Task = tasks.FirstOrDefault(t => t.TaskExecutionId is not null && t.TaskExecutionId == reply.TaskExecutionId)?.Name,
        Message = reply.Message ?? "",
    };

    /// <summary>A member of an object that travels as text.</summary>
    public static string? Member(string? json, string name) => Member(Parsed(json), name);

    private static EcsImageUpdate Read(EcsImageUpdate update, JsonElement? parameters) => update with
    {
        SourceImageId = Member(parameters, UpdateTemplate.SourceImageId),
        ImageName = Member(parameters, UpdateTemplate.TargetImageName),
        InstanceType = Member(parameters, UpdateTemplate.InstanceType),
        Expected = UpdateTemplate.TasksOf(
            bool.TryParse(Member(parameters, UpdateTemplate.WhetherCreateVpc), out var makes) && makes, Member(parameters, UpdateTemplate.UpdateType)),
    };

    private static EcsImageUpdateTask Read(TaskExecutionReply reply) => new()
    {
        Name = reply.TaskName?.Trim() ?? "",
        Action = Wire.NotEmpty(reply.TaskAction),
        Status = Wire.NotEmpty(reply.Status),
        Message = Words(reply.StatusMessage),
        StartTime = Wire.Time(reply.StartDate),
        EndTime = Wire.Time(reply.EndDate),
        TaskExecutionId = Wire.NotEmpty(reply.TaskExecutionId),
        Outputs = reply.Outputs,
    };

    // The service writes quotation marks where it has nothing to say.
    private static string? Words(string? text) => Wire.NotEmpty(text?.Trim().Trim('"', '\u201c', '\u201d').Trim());

    private static JsonElement? Object(JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.Object } => json,
        { ValueKind: JsonValueKind.String } text => Parsed(Text(text)),
        _ => null,
    };

    private static JsonElement? Parsed(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind is JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement? json, string name) => Find(json, name) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.String => Wire.NotEmpty(Text(value)),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => value.GetRawText(),
        }
        : null;

    // A name or a text with half of a surrogate pair cannot be read.
    private static JsonElement? Find(JsonElement? json, string name)
    {
        try
        {
            return json is { } found && found.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
