using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Core.Sts;
using EcsImages.Core.Workflows;

namespace EcsImages.PowerShell.Sessions;

/// <summary>A client that has proved who it is.</summary>
internal sealed class EcsConnection
{
    private EcsConnection(AcsClient client, string accountId, string endpoint, string credentialSource) =>
        (Access, AccountId, Endpoint, CredentialSource) = (new EcsAccess(client, accountId), accountId, endpoint, credentialSource);

    public EcsAccess Access { get; }

    public string AccountId { get; }

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
        return new EcsConnection(client, accountId, endpoint, credentialSource) { Local = local };
    }
}
