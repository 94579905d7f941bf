namespace EcsImages.Core.Acs;

/// <summary>A product of Alibaba Cloud that is spoken to in RPC style.</summary>
/// <param name="Name">As in host names and RAM actions: ecs, sts.</param>
/// <param name="Version">The API version.</param>
/// <param name="ParametersInBody">Whether its parameters travel as a form body; the others' travel in the query.</param>
public sealed record AcsProduct(string Name, string Version, bool ParametersInBody = false)
{
    /// <summary>Elastic Compute Service.</summary>
    public static AcsProduct Ecs { get; } = new("ecs", "2014-05-26");

    /// <summary>Security Token Service.</summary>
    public static AcsProduct Sts { get; } = new("sts", "2015-04-01");

    /// <summary>Resource Access Management.</summary>
    public static AcsProduct Ram { get; } = new("ram", "2015-05-01");

    /// <summary>Operation Orchestration Service, since renamed CloudOps Orchestration Service.</summary>
    public static AcsProduct Oos { get; } = new("oos", "2019-06-01");

    /// <summary>Quota Center. It takes its parameters as a form.</summary>
    public static AcsProduct Quotas { get; } = new("quotas", "2020-05-10", ParametersInBody: true);
}
