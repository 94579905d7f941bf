using System.Management.Automation;
using EcsImages.Core.Acs;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>PowerShell's category for a failure of the service, by its code first, then by its status.</summary>
internal static class ErrorCategories
{
    public static ErrorCategory Of(AcsException e) => e.Refusal is not null ? ErrorCategory.PermissionDenied : ByCode(e.Code) ?? e.HttpStatus switch
    {
        401 => ErrorCategory.AuthenticationError,
        403 => ErrorCategory.InvalidOperation,
        404 => ErrorCategory.ObjectNotFound,
        429 => ErrorCategory.LimitsExceeded,
        >= 500 => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.InvalidArgument,
    };

    /// <summary>The category that a code alone decides; null where it does not.</summary>
    public static ErrorCategory? ByCode(string code)
    {
        if (code is AcsErrorCodes.ConnectionFailed) return ErrorCategory.ConnectionError;
        if (code is AcsErrorCodes.CallTimedOut) return ErrorCategory.OperationTimeout;
        if (code is AcsErrorCodes.ReplyUnreadable) return ErrorCategory.InvalidData;
        if (DryRuns.HavePassed(code)) return ErrorCategory.NotSpecified;
        if (code is "QUOTA.NOT.FOUND") return ErrorCategory.ObjectNotFound;
        if (code is "QUOTA.NOT.ADJUSTABLE") return ErrorCategory.InvalidOperation;
        if (code is "InvalidTaskId.IncorrectTaskStatus" or "InvalidTaskId.TaskActionNotSupport") return ErrorCategory.InvalidOperation;
        if (code is "InvalidStatus.CancelFailed" or "InvalidStatus.ImagePipelineExecution") return ErrorCategory.InvalidOperation;
        if (code is "InvalidComponentVersion.Exist" or "FileExists") return ErrorCategory.ResourceExists;
        if (code is "AmbiguousName" or "BaseImageConflict") return ErrorCategory.InvalidArgument;
        if (code is "QUOTA.APPLICATION.PROCESS" or "ACQUIRE.LOCK.FAIL" or "InvalidImagePipeline.HasRunningExecution" or "InvalidImageComponent.InUse") return ErrorCategory.ResourceBusy;
        if (code is "QUOTA.DESIREVALUE.ILLEGAL") return ErrorCategory.InvalidArgument;
        if (Has(code, "Throttling")) return ErrorCategory.LimitsExceeded;
        if (Has(code, "Quota")) return ErrorCategory.QuotaExceeded;
        if (Starts(code, "InvalidAccessKeyId", "SignatureDoesNotMatch", "IncompleteSignature", "InvalidSecurityToken", "MissingSecurityToken",
                "InvalidTimeStamp", "IllegalTimestamp"))
            return ErrorCategory.AuthenticationError;
        if (Starts(code, "Forbidden", "Forbbiden", "NoPermission", "UserNotInTheWhiteList", "AccessDenied", "NoSetRoleto", "AssumeRoleError"))
            return ErrorCategory.PermissionDenied;
        if (code.EndsWith(".NotFound", StringComparison.Ordinal)) return ErrorCategory.ObjectNotFound;
        if (code.EndsWith(".Duplicated", StringComparison.Ordinal) || Has(code, "AlreadyExist")) return ErrorCategory.ResourceExists;
        if (Starts(code, "Image", "SnapshotCreatedImage", "IncorrectInstanceStatus", "IncorrectImageStatus", "IncorrectDiskStatus", "InvalidStatus",
                "OperationDeined.ImageUsingByInstance", "OperationDenied.ImageCopying", "IdempotentProcessing", "LastTokenProcessing"))
            return ErrorCategory.ResourceBusy;
        if (Starts(code, "OperationDenied", "OperationDeined", "InvalidOperation", "Unsupported", "CancelNotSupported"))
            return ErrorCategory.InvalidOperation;
        if (Starts(code, "ServiceUnavailable", "InternalError")) return ErrorCategory.ResourceUnavailable;
        return Starts(code, "Invalid", "Missing", "Duplicate", "Idempot") ? ErrorCategory.InvalidArgument : null;
    }

    private static bool Has(string code, string part) => code.Contains(part, StringComparison.Ordinal);

    private static bool Starts(string code, params string[] with) => with.Any(w => code.StartsWith(w, StringComparison.Ordinal));
}
