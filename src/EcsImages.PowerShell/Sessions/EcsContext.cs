using EcsImages.Core.Workflows;

namespace EcsImages.PowerShell.Sessions;

/// <summary>An account that the session is connected to, and the region that its cmdlets use without -RegionId.</summary>
public sealed class EcsContext
{
    internal EcsContext(EcsConnection connection, string? name, string regionId)
    {
        Connection = connection;
        Name = name;
        RegionId = regionId;
    }

    /// <summary>The profile's name, or the name of the account of the embedded endpoint.</summary>
    public string? Name { get; }

    /// <summary>The account.</summary>
    public string AccountId => Connection.AccountId;

    /// <summary>The RAM user, or the role and its session; null for the account's own key.</summary>
    public string? UserName => Connection.UserName;

    /// <summary>The region that is used without -RegionId.</summary>
    public string RegionId { get; }

    /// <summary>Where requests go: Alibaba Cloud, an address, or the folder of the embedded endpoint.</summary>
    public string Endpoint => Connection.Endpoint;

    /// <summary>Where the credentials came from; never the credentials.</summary>
    public string CredentialSource => Connection.CredentialSource;

    /// <summary>Whether cmdlets use it when nothing else is said.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>Whether somebody chose it, rather than taking whatever the machine has.</summary>
    internal bool IsChosen { get; set; }

    /// <summary>Where the session that has this context counts calls.</summary>
    internal SessionCalls? Calls { get; set; }

    // Not public, so that no serializer, log or job ever meets it.
    internal EcsConnection Connection { get; }

    internal EcsAccess Access => Connection.Access;

    /// <summary>The account, the user and the region.</summary>
    public override string ToString() => $"{Name ?? AccountId}{(UserName is null ? "" : "/" + UserName)} ({RegionId})";
}
