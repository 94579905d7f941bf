namespace EcsImages.Core.Acs;

/// <summary>What one attempt came to.</summary>
internal sealed record AttemptOutcome
{
    /// <summary>The reply of an attempt that succeeded.</summary>
    public AcsReply? Reply { get; init; }

    /// <summary>The service's code, or one of <see cref="AcsErrorCodes"/>; null on success.</summary>
    public string? Code { get; init; }

    public string Message { get; init; } = "";

    public int? HttpStatus { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The pause that the service asked for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The server's clock, when it said so.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>The host that OSS says is the right one for the bucket.</summary>
    public string? RightHost { get; init; }

    /// <summary>What RAM refused, where the answer is one of OSS.</summary>
    public AcsRefusal? Refusal { get; init; }

    /// <summary>Whoever sent it knows of a reason why it may succeed next time.</summary>
    public bool MayPass { get; init; }

    /// <summary>Nobody was there, and as far as is known nobody ever was.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>A success whose answer makes no sense.</summary>
    public bool IsUnreadableSuccess => Code is AcsErrorCodes.ReplyUnreadable && HttpStatus is 200;

    /// <summary>What the service says of a refusal by RAM.</summary>
    public AccessDeniedDetail? AccessDenied { get; init; }

    /// <summary>The service said that it did not do it.</summary>
    public bool WasRefused => Code is not null && (Code.Contains("Throttling", StringComparison.Ordinal) || Code is "ACQUIRE.LOCK.FAIL");

    /// <summary>It may succeed if it is sent again as it is.</summary>
    public bool IsTransient => Code is not null && (
        WasRefused || MayPass || HttpStatus >= 500
        || Code is AcsErrorCodes.ConnectionFailed or "InternalError" or "IdempotentProcessing" or "LastTokenProcessing" or "SignatureNonceUsed"
        || IsUnreadableSuccess);
}
