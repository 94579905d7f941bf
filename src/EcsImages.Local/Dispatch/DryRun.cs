namespace EcsImages.Local.Dispatch;

/// <summary>How a dry run that passed all checks ends: as an error, whose code differs (api-behaviour, section 10).</summary>
internal static class DryRun
{
    private static readonly HashSet<string> Success = new(StringComparer.Ordinal)
    {
        "StartInstance", "StopInstance", "RebootInstance", "DeleteInstance", "ImportImage",
    };

    public static EndpointError Passed(string operation) => Error.Of(Success.Contains(operation) ? "DRYRUN.SUCCESS" : "DryRunOperation");
}
