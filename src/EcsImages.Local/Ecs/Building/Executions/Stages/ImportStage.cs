using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>Waits for the import of the base image, which began with the execution: it had to read the objects before.</summary>
internal sealed class ImportStage : IBuildStage
{
    public string Name => "import";

    public double Seconds => 0;

    public string StatusIn(BuildExecution execution) => BuildExecution.Preparing;

    public bool IsFor(BuildStep step) => step.Made.ImportTask is not null;

    public void Begin(BuildStep step)
    {
        step.Note($"The import of the base image began as {step.Made.BaseImage}.");
        step.Execution = step.Execution with { Waits = [step.Made.BaseImage] };
    }

    public void End(BuildStep step)
    {
        var image = ImageRows.FindOwn(step.Store, step.Execution.Account, step.Execution.RegionId, step.Made.BaseImage)
            ?? throw Error.Of("ImportImageFailed", $"the import of {step.Made.BaseImage} was cancelled");
        if (image.Outcome != ImageState.CreateFailed) return;
        var reason = TaskRow.Find(step.Store, step.Execution.Account, step.Execution.RegionId, step.Made.ImportTask!)?.Parts(step.Store).FirstOrDefault(static p => p.Failed)?.ErrorMessage;
        throw Error.Of("ImportImageFailed", reason is { Length: > 0 } ? reason : image.Failure);
    }
}
