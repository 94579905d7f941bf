using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Core.Sts;
using EcsImages.Core.Workflows;

namespace EcsImages.PowerShell.Sessions;

/// <summary>A client that has proved who it is.</summary>
internal sealed class EcsConnection
{
    // What an ARN of STS has before the name of a user, and before a role and its session.
    private const string User = "user/";
    private const string Role = "assumed-role/";

    private EcsConnection(AcsClient client, string accountId, string? identity, string endpoint, string credentialSource)
    {
        (AccountId, Endpoint, CredentialSource) = (accountId, endpoint, credentialSource);
        UserName = After(identity, User) ?? After(identity, Role);
        Access = new EcsAccess(client, accountId)
        {
            Principal = UserName is null ? null : $"RAM {(After(identity, User) is null ? "role" : "user")} {UserName}",
        };
    }

    public EcsAccess Access { get; }

    public string AccountId { get; }

    /// <summary>The RAM user, or the role and its session; null for the account's own key.</summary>
    public string? UserName { get; }

    public string Endpoint { get; }

    public string CredentialSource { get; }

    /// <summary>The embedded endpoint that it goes to; null where it goes elsewhere.</summary>
    public ILocalEndpoint? Local { get; init; }

    /// <summary>Asks STS whose key it is.</summary>
    public static async Task<EcsConnection> OpenAsync(
        AcsClient client, ICallLog log, string regionId, string endpoint, string credentialSource, ILocalEndpoint? local, CancellationToken stop)
    {
        var asking = new EcsAccess(client.LoggingTo(log), "");
        var identity = await asking.CallAsync(StsApi.GetCallerIdentity, regionId, new GetCallerIdentityRequest(), stop).ConfigureAwait(false);
        var accountId = identity.AccountId ?? throw new CredentialException("UnknownAccount", "STS answered GetCallerIdentity without an account id.");
        return new EcsConnection(client, accountId, identity.Arn?.Split(':', 5)[^1], endpoint, credentialSource) { Local = local };
    }

    private static string? After(string? identity, string kind) =>
        identity is not null && identity.StartsWith(kind, StringComparison.Ordinal) ? identity[kind.Length..] : null;
}
