namespace EcsImages.Core.Acs;

/// <summary>Dry runs: the service answers one that passes with an error, too.</summary>
internal static class DryRuns
{
    /// <summary>Whether an error says that the request would succeed.</summary>
    public static bool HavePassed(string code) => code is "DryRunOperation" or "DRYRUN.SUCCESS";
}
