namespace EcsImages.Core.Acs;

/// <summary>A call that did not succeed. It holds no request, header or credential: $Error keeps exceptions for the session.</summary>
public sealed class AcsException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">The service's code, byte for byte; or one of <see cref="AcsErrorCodes"/> where no answer came.</param>
    /// <param name="message">What was wrong, in words.</param>
    /// <param name="inner">The cause within this process, if any.</param>
    public AcsException(string code, string message, Exception? inner = null) : base(message, inner) => Code = code;

    /// <summary>The service's code, byte for byte; or one of <see cref="AcsErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>The operation, such as CopyImage.</summary>
    public required string Operation { get; init; }

    /// <summary>The RAM action of the operation, such as ecs:CopyImage.</summary>
    public required string Action { get; init; }

    /// <summary>The region that was called.</summary>
    public required string RegionId { get; init; }

    /// <summary>The HTTP status; null where no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Names the request to the service's support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How often the call was sent.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The host that OSS says is the right one for the bucket; null where it says none.</summary>
    internal string? RightHost { get; init; }

    /// <summary>It may go better later: the service was throttling, failing or away. False of a host that never answered.</summary>
    internal bool MayPass { get; init; }

    /// <summary>What is not allowed to whom, where RAM refused the call; null where something else went wrong.</summary>
    public AcsRefusal? Refusal { get; init; }

    /// <summary>Whether the code says that the service throttled the call, whatever the HTTP status.</summary>
    public bool IsThrottling => Code.Contains("Throttling", StringComparison.Ordinal);
}

/// <summary>Codes of our own, for what goes wrong before the service could name one.</summary>
public static class AcsErrorCodes
{
    /// <summary>No connection, or one that broke off.</summary>
    public const string ConnectionFailed = "ConnectionFailed";

    /// <summary>The attempts used up the total time of a call.</summary>
    public const string CallTimedOut = "CallTimedOut";

    /// <summary>The answer is not what the API promises: not JSON, cut short, or of a wrong type.</summary>
    public const string ReplyUnreadable = "ReplyUnreadable";
}
