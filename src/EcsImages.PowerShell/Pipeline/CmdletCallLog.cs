using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>Shows each API call with -Verbose, and its redacted parameters with -Debug.</summary>
/// <param name="cmdlet">The cmdlet that calls.</param>
/// <param name="calls">Where the session counts what is called; null while there is no context yet.</param>
internal sealed class CmdletCallLog(EcsCmdlet cmdlet, SessionCalls? calls = null) : ICallLog
{
    public void Calling(string action, string regionId) => calls?.Note(action, regionId);

    public void Sending(string operation, string regionId, string parameters) =>
        cmdlet.Post(() => cmdlet.WriteDebug($"{operation} in {regionId}: {parameters}"));

    public void Answered(string operation, string regionId, TimeSpan duration, int? httpStatus, string? code, string? requestId)
    {
        var milliseconds = duration.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        var failure = code is null ? "" : $", {code}";
        cmdlet.Post(() => cmdlet.WriteVerbose($"{operation} in {regionId}: {httpStatus?.ToString(CultureInfo.InvariantCulture) ?? "no answer"}{failure}, {milliseconds} ms, RequestId {requestId ?? "none"}"));
    }

    public void Retrying(string operation, string regionId, int attempt, TimeSpan delay, string reason)
    {
        var milliseconds = delay.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        cmdlet.Post(() => cmdlet.WriteVerbose($"{operation} in {regionId}: attempt {attempt} ended with {reason}; trying again in {milliseconds} ms"));
    }
}
