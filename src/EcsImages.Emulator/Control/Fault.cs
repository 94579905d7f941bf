using System.Text.Json.Serialization;

namespace EcsImages.Emulator.Control;

/// <summary>What goes wrong.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
internal enum FaultKind
{
    /// <summary>The call is refused with a throttling code and x-acs-retry-after.</summary>
    Throttle,

    /// <summary>The call is answered later.</summary>
    Delay,

    /// <summary>The connection is reset before the call is looked at.</summary>
    Reset,

    /// <summary>The call is carried out, and its reply lost.</summary>
    DropReply,

    /// <summary>The call is carried out, and half of its reply arrives.</summary>
    Truncate,

    /// <summary>The call is refused with a code and a status.</summary>
    Error,
}

/// <summary>A fault that a test asks for, and which calls it meets.</summary>
internal sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>ecs, sts, oss ...; any without it.</summary>
    public string? Product { get; init; }

    /// <summary>Such as CopyImage; any without it.</summary>
    public string? Operation { get; init; }

    /// <summary>How many calls it meets; all without it.</summary>
    public int? Count { get; init; }

    /// <summary>The part of the calls that it meets, from 0 to 1; all without it.</summary>
    public double? Probability { get; init; }

    /// <summary>Makes the choice by probability repeatable.</summary>
    public int? Seed { get; init; }

    /// <summary>For Delay; a second without it.</summary>
    public int? DelayMilliseconds { get; init; }

    /// <summary>For Throttle: what x-acs-retry-after says; none without it.</summary>
    public int? RetryAfterMilliseconds { get; init; }

    /// <summary>The HTTP status, for Throttle (400) and Error (503).</summary>
    public int? Status { get; init; }

    /// <summary>The code, for Throttle (Throttling.User) and Error (ServiceUnavailable).</summary>
    public string? Code { get; init; }

    /// <exception cref="ArgumentException">What is out of its range.</exception>
    public void Check()
    {
        if (Count is < 1) throw new ArgumentException("count is at least 1.");
        if (Probability is not (null or (>= 0 and <= 1))) throw new ArgumentException("probability is from 0 to 1.");
        if (DelayMilliseconds is < 0 or > 3_600_000) throw new ArgumentException("delayMilliseconds is from 0 to 3600000.");
        if (RetryAfterMilliseconds is < 0) throw new ArgumentException("retryAfterMilliseconds is at least 0.");
        if (Status is < 400 or > 599) throw new ArgumentException("status is from 400 to 599.");
    }
}
