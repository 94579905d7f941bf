using System.Security.Cryptography;
using EcsImages.Core.Acs;
using EcsImages.Local;

namespace EcsImages.Emulator.Metadata;

/// <summary>Temporary keys of a role, which may do what its policies say; where the account has no role of that name, they act as the account itself.</summary>
internal sealed class RoleSessionKeys(LocalEndpoint endpoint, TimeProvider clock) : ISessionKeys
{
    public async Task<AcsCredential> IssueAsync(string account, string role, TimeSpan duration, CancellationToken stop)
    {
        var accounts = await endpoint.AccountsAsync(stop).ConfigureAwait(false);
        if (accounts.FirstOrDefault(a => a.Name == account || a.AccountId == account) is not { } owner)
            throw new ArgumentException($"There is no account '{account}'. There are: {string.Join(", ", accounts.Select(static a => a.Name))}.");
        if (await endpoint.IssueSessionAsync(owner.AccountId, role, "emulator", duration, stop).ConfigureAwait(false) is { } issued) return issued;
        // Whole seconds, as the answer says them.
        var end = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + duration).ToUnixTimeSeconds());
        var key = new AcsCredential(
            "STS.N" + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 24),
            RandomNumberGenerator.GetHexString(40, lowercase: true),
            "CAIS" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(192)), end);
        await endpoint.AddKeyAsync(key, owner.Name, stop).ConfigureAwait(false);
        return key;
    }
}
