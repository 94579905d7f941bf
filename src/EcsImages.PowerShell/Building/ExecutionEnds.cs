using EcsImages.Core.Building;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Writes executions that were waited for.</summary>
internal static class ExecutionEnds
{
    /// <summary>Writes it; where the image did not come to all regions, the image is there and an error says so.</summary>
    public static void Write(this EcsApiCmdlet cmdlet, EcsImagePipelineExecution execution)
    {
        cmdlet.WriteObject(execution);
        if (ExecutionFollowing.End(execution) is { } end) cmdlet.Report(end, execution.ExecutionId);
    }
}
