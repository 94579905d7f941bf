using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oos;

internal sealed record StartExecutionRequest
{
    public string? RegionId { get; init; }

    public string? TemplateName { get; init; }

    /// <summary>One JSON object as text.</summary>
    public string? Parameters { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record StartExecutionReply : AcsReply
{
    public StartedExecutionReply? Execution { get; init; }
}

internal sealed record StartedExecutionReply
{
    public string? ExecutionId { get; init; }

    public string? Status { get; init; }

    public string? StatusMessage { get; init; }

    [JsonConverter(typeof(JsonText))]
    public string? Parameters { get; init; }

    public string? CreateDate { get; init; }
}
