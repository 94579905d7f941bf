using System.Management.Automation;
using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Core.Disks;
using EcsImages.Core.Ram;
using EcsImages.Core.Workflows;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>Makes every error record of the module: the id is the API's code, the category PowerShell's, the advice ours.</summary>
internal static class Errors
{
    /// <summary>Whether it is a failure of the kind that concerns one item, or the whole call; anything else is a fault of ours and passes.</summary>
    public static bool IsExpected(Exception e) =>
        e is AcsException or CredentialException or EcsNotFoundException or WaitTimedOutException or EndedOtherwiseException
            or PreconditionException or LocalEndpointException or CmdletInputException or RamPolicyException or InvalidDataException
            or DiskFormatException or IOException or UnauthorizedAccessException;

    /// <summary>Whether nothing else in the call can succeed either.</summary>
    public static bool ConcernsWholeCall(Exception e) =>
        e is CredentialException or LocalEndpointException
            or AcsException
        {
            Code: "InvalidAccessKeyId.NotFound" or "InvalidAccessKeyId.Inactive" or "SignatureDoesNotMatch" or "IncompleteSignature"
                or "InvalidSecurityToken.Expired" or "InvalidSecurityToken.Malformed" or "IllegalTimestamp" or "InvalidTimeStamp.Expired"
        };

    /// <summary>The record for an expected failure.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="target">The item that it concerns.</param>
    /// <param name="cmdlet">The cmdlet that failed, for advice that names it.</param>
    public static ErrorRecord ToErrorRecord(this Exception e, object? target, string? cmdlet = null) => e switch
    {
        AcsException acs => Of(acs, target, cmdlet),
        CredentialException c => Make(e, c.Code, ErrorCategory.AuthenticationError, target, e.Message, ErrorAdvice.For(c.Code)),
        LocalEndpointException l => Make(e, l.Code, ErrorCategory.ResourceUnavailable, target, e.Message, null),
        PreconditionException p => Make(e, p.Code, ErrorCategories.ByCode(p.Code) ?? ErrorCategory.InvalidOperation, target, e.Message, ErrorAdvice.For(p.Code)),
        EcsNotFoundException n => Make(e, n.Code, ErrorCategory.ObjectNotFound, target, e.Message, ErrorAdvice.For(n.Code)),
        WaitTimedOutException w => Make(e, "WaitTimedOut", ErrorCategory.OperationTimeout, target, e.Message, ErrorAdvice.PickUp(w.Kind, w.Id, w.RegionId)),
        EndedOtherwiseException o => Make(e, o.Code, ErrorCategory.InvalidResult, target, e.Message, ErrorAdvice.For(o.Code)),
        RamPolicyException => Make(e, "InvalidPolicyDocument", ErrorCategory.InvalidArgument, target, e.Message, ErrorAdvice.For("InvalidPolicyDocument")),
        DiskFormatException => Make(e, "DiskImageUnreadable", ErrorCategory.InvalidData, target, e.Message, null),
        UnauthorizedAccessException => Make(e, "FileAccessDenied", ErrorCategory.PermissionDenied, target, e.Message, null),
        IOException => Make(e, "FileUnusable", e is FileNotFoundException or DirectoryNotFoundException ? ErrorCategory.ObjectNotFound : ErrorCategory.WriteError, target, e.Message, null),
        CmdletInputException i => Make(e, i.Code, i.Category, target, e.Message, i.Advice),
        _ => Make(e, "UnexpectedReply", ErrorCategory.InvalidData, target, e.Message, null),
    };

    private static ErrorRecord Of(AcsException e, object? target, string? cmdlet)
    {
        var tries = e.Attempts > 1 ? $", {e.Attempts} attempts" : "";
        var request = e.RequestId is { } id ? $", RequestId {id}" : "";
        return Make(e, e.Code, ErrorCategories.Of(e), target, $"{Refusal(e)}{e.Message} ({e.Code}, {e.Operation} in {e.RegionId}{tries}{request})", ErrorAdvice.For(e, cmdlet));
    }

    private static string Refusal(AcsException e) => e.Refusal is { } refusal
        ? $"{refusal.Principal ?? "The caller"} {(refusal.IsExplicit ? "is denied" : "is not allowed")} {refusal.Action} on {string.Join(", ", refusal.Resources)}. The service says: "
        : "";

    private static ErrorRecord Make(Exception e, string id, ErrorCategory category, object? target, string message, string? advice) =>
        new(e, id, category, target) { ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice ?? "" } };
}

/// <summary>Input that no service needs to be asked about.</summary>
internal sealed class CmdletInputException(string code, string message, string? advice = null, ErrorCategory category = ErrorCategory.InvalidArgument)
    : Exception(message)
{
    public string Code => code;

    public string? Advice => advice;

    public ErrorCategory Category => category;
}
