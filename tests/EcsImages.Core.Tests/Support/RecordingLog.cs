using EcsImages.Core.Acs;

namespace EcsImages.Core.Tests.Support;

/// <summary>Keeps every line that the client logs.</summary>
internal sealed class RecordingLog : ICallLog
{
    public List<string> Lines { get; } = [];

    public void Sending(string operation, string regionId, string parameters) => Lines.Add($"sending {operation} {regionId} {parameters}");

    public void Answered(string operation, string regionId, TimeSpan duration, int? httpStatus, string? code, string? requestId) =>
        Lines.Add($"answered {operation} {regionId} {httpStatus} {code} {requestId}");

    public void Retrying(string operation, string regionId, int attempt, TimeSpan delay, string reason) =>
        Lines.Add($"retrying {operation} {regionId} {attempt} {delay.TotalMilliseconds:0} {reason}");
}
