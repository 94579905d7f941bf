using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oos;

/// <summary>The operations of Operation Orchestration Service that the module calls.</summary>
internal static class OosApi
{
    private static OosJson Json => OosJson.Default;

    public static AcsOperation<StartExecutionRequest, StartExecutionReply> StartExecution { get; } =
        new(AcsProduct.Oos, nameof(StartExecution), Repeat.WithClientToken, Json.StartExecutionRequest, Json.StartExecutionReply) { ParametersInBody = true };

    public static AcsOperation<ListExecutionsRequest, ListExecutionsReply> ListExecutions { get; } =
        new(AcsProduct.Oos, nameof(ListExecutions), Repeat.Read, Json.ListExecutionsRequest, Json.ListExecutionsReply);

    public static AcsOperation<ListTaskExecutionsRequest, ListTaskExecutionsReply> ListTaskExecutions { get; } =
        new(AcsProduct.Oos, nameof(ListTaskExecutions), Repeat.Read, Json.ListTaskExecutionsRequest, Json.ListTaskExecutionsReply);

    public static AcsOperation<ListExecutionLogsRequest, ListExecutionLogsReply> ListExecutionLogs { get; } =
        new(AcsProduct.Oos, nameof(ListExecutionLogs), Repeat.Read, Json.ListExecutionLogsRequest, Json.ListExecutionLogsReply);

    // No source says what it answers about what it has cancelled already.
    public static AcsOperation<CancelExecutionRequest, AcsReply> CancelExecution { get; } =
        new(AcsProduct.Oos, nameof(CancelExecution), Repeat.Never, Json.CancelExecutionRequest, Json.AcsReply);

    public static AcsOperation<GetTemplateRequest, GetTemplateReply> GetTemplate { get; } =
        new(AcsProduct.Oos, nameof(GetTemplate), Repeat.Read, Json.GetTemplateRequest, Json.GetTemplateReply);
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(StartExecutionRequest))]
[JsonSerializable(typeof(StartExecutionReply))]
[JsonSerializable(typeof(ListExecutionsRequest))]
[JsonSerializable(typeof(ListExecutionsReply))]
[JsonSerializable(typeof(ListTaskExecutionsRequest))]
[JsonSerializable(typeof(ListTaskExecutionsReply))]
[JsonSerializable(typeof(ListExecutionLogsRequest))]
[JsonSerializable(typeof(ListExecutionLogsReply))]
[JsonSerializable(typeof(CancelExecutionRequest))]
[JsonSerializable(typeof(GetTemplateRequest))]
[JsonSerializable(typeof(GetTemplateReply))]
[JsonSerializable(typeof(AcsReply))]
internal sealed partial class OosJson : JsonSerializerContext;
