namespace EcsImages.Core.Acs;

/// <summary>Hears of every attempt of every call; from any thread. Nothing that it is told is secret.</summary>
public interface ICallLog
{
    /// <summary>A call begins; its attempts follow.</summary>
    /// <param name="action">The RAM action that allows it, such as ecs:CopyImage.</param>
    /// <param name="regionId">The region that is called.</param>
    void Calling(string action, string regionId)
    {
    }

    /// <summary>An attempt is about to be sent.</summary>
    /// <param name="operation">Such as CopyImage.</param>
    /// <param name="regionId">The region that is called.</param>
    /// <param name="parameters">The parameters as one line, redacted.</param>
    void Sending(string operation, string regionId, string parameters);

    /// <summary>An attempt was answered.</summary>
    void Answered(string operation, string regionId, TimeSpan duration, int? httpStatus, string? code, string? requestId);

    /// <summary>The call will be sent again after a delay.</summary>
    void Retrying(string operation, string regionId, int attempt, TimeSpan delay, string reason);
}
