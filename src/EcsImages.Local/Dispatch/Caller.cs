using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>Whose key a request was signed with: an account's own, or that of one of its RAM users, or of a session of one of its roles.</summary>
/// <param name="Account">The account, with the key.</param>
internal sealed record Caller(LocalAccount Account)
{
    /// <summary>For operations that take requests of anyone.</summary>
    public static Caller Nobody { get; } = new(new LocalAccount("", "", new AcsCredential("", "")));

    public RamUser? User { get; init; }

    public StsSession? Session { get; init; }

    /// <summary>Its resource name.</summary>
    public string Arn => User?.Arn ?? Session?.Arn ?? $"acs:ram::{Account.AccountId}:root";

    public static Caller Of(StsSession issued, Session store) =>
        new(Accounts.ByName(store, issued.Role.Account)! with { Credential = issued.Credential }) { Session = issued };
}
