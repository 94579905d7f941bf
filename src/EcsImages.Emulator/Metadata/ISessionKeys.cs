using EcsImages.Core.Acs;

namespace EcsImages.Emulator.Metadata;

/// <summary>Issues the temporary keys of roles.</summary>
internal interface ISessionKeys
{
    /// <summary>A key of a role of an account, with its token and its end.</summary>
    /// <exception cref="ArgumentException">There is no such account or role.</exception>
    Task<AcsCredential> IssueAsync(string account, string role, TimeSpan duration, CancellationToken stop);
}
