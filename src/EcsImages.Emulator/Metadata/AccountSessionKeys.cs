using System.Security.Cryptography;
using EcsImages.Core.Acs;
using EcsImages.Local;

namespace EcsImages.Emulator.Metadata;

/// <summary>Temporary keys that act as the account itself, whatever the role is called; the endpoint knows them while it runs.</summary>
internal sealed class AccountSessionKeys(LocalEndpoint endpoint, TimeProvider clock) : ISessionKeys
{
    public async Task<AcsCredential> IssueAsync(string account, string role, TimeSpan duration, CancellationToken stop)
    {
        var accounts = await endpoint.AccountsAsync(stop).ConfigureAwait(false);
        if (accounts.FirstOrDefault(a => a.Name == account || a.AccountId == account) is not { } owner)
            throw new ArgumentException($"There is no account '{account}'. There are: {string.Join(", ", accounts.Select(static a => a.Name))}.");
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
