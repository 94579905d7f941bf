using System.Globalization;

namespace EcsImages.Core.Acs;

/// <summary>Which operation was called where; makes the errors that name it.</summary>
internal sealed record CallSite(AcsOperation Operation, string RegionId, IReadOnlyList<KeyValuePair<string, string>> Parameters, AcsCaller? Caller)
{
    // Other codes that begin with Forbidden have nothing to do with policies.
    private static readonly string[] RefusedByRam = ["Forbidden.RAM", "Forbidden.SubUser", "Forbidden.Unauthorized", "NoPermission", "User.NoPermission"];
    private static readonly TimeSpan NoticeableSkew = TimeSpan.FromMinutes(5);

    public AcsException Failed(AttemptOutcome outcome, int attempts, TimeProvider clock) =>
        Error(outcome, outcome.Code!, outcome.Message + Skew(outcome, clock), attempts);

    public AcsException TimedOut(AttemptOutcome? last, int attempts, TimeSpan total)
    {
        var seconds = total.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var why = last is null ? "No answer came." : $"The last of {attempts} attempts ended with {last.Code}: {last.Message}";
        return Error(last, AcsErrorCodes.CallTimedOut, $"The call was given up after {seconds} s. {why}", attempts);
    }

    private AcsException Error(AttemptOutcome? outcome, string code, string message, int attempts) => new(code, message, outcome?.Cause)
    {
        Operation = Operation.Name,
        Action = Operation.Action,
        RegionId = RegionId,
        HttpStatus = outcome?.HttpStatus,
        RequestId = outcome?.RequestId,
        Attempts = attempts,
        MayPass = code is AcsErrorCodes.CallTimedOut || outcome is { IsTransient: true, IsUnreachable: false },
        Refusal = outcome?.AccessDenied is not null || RefusedByRam.Contains(code)
            ? AccessDeniedDetail.Complete(outcome?.AccessDenied, Operation.Action, Parameters, RegionId, Caller) : null,
    };

    // A signature is dated: a wrong clock on this machine looks like a wrong key unless somebody says so.
    private static string Skew(AttemptOutcome outcome, TimeProvider clock)
    {
        if (outcome.Code is not ("IllegalTimestamp" or "InvalidTimeStamp.Expired" or "InvalidTimeStamp.Format") || outcome.ServerTime is not { } server)
            return "";
        var ahead = clock.GetUtcNow() - server;
        if (ahead.Duration() < NoticeableSkew) return "";
        var minutes = Math.Round(ahead.Duration().TotalMinutes).ToString(CultureInfo.InvariantCulture);
        return $" This machine's clock is {minutes} minutes {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the server's; set it right, then try again.";
    }
}
