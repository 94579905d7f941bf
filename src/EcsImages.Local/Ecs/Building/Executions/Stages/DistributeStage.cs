using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>Copies the image into other regions, and shares it and its copies, by the rules of those operations. A target that fails stops no other.</summary>
internal sealed class DistributeStage : IBuildStage
{
    public string Name => "distribute";

    public double Seconds => 1;

    public string StatusIn(BuildExecution execution) => BuildExecution.Distributing;

    public void Begin(BuildStep step)
    {
        var options = step.Pipeline.Struct("ImageOptions");
        foreach (var region in step.Pipeline.List("ToRegionId").Distinct(StringComparer.Ordinal).Where(r => r != step.Execution.RegionId))
        {
            var copy = "";
            var refused = step.Try(() => copy = step.Ecs("CopyImage",
                [
                    ("RegionId", step.Execution.RegionId), ("ImageId", step.Execution.ImageId), ("DestinationRegionId", region),
                    ("DestinationImageName", ImageStage.NameOf(step, options)), ("DestinationDescription", options.Text("Description")), .. ImageStage.TagsOf(options),
                ])["ImageId"]!.GetValue<string>());
            if (refused is not null) Fail(step, $"The copy into {region}", refused);
            else step.Made = step.Made with { Copies = [.. step.Made.Copies, new(region, copy)] };
        }
        if (step.Made.Copies.Count > 0) step.Note($"Copies began: {string.Join(", ", step.Made.Copies.Select(static c => $"{c.ImageId} in {c.RegionId}"))}.");
        step.Execution = step.Execution with { Waits = [.. step.Made.Copies.Select(static c => c.ImageId)] };
    }

    public void End(BuildStep step)
    {
        var there = new List<BuildCopy> { new(step.Execution.RegionId, step.Execution.ImageId) };
        foreach (var copy in step.Made.Copies)
        {
            var image = ImageRows.FindOwn(step.Store, step.Execution.Account, copy.RegionId, copy.ImageId);
            if (image is not null && ImageState.At(image, step.Store.Now) is ImageState.Available or ImageState.Deprecated) there.Add(copy);
            else Fail(step, $"The copy {copy.ImageId} in {copy.RegionId}", Error.ImageNotFound(copy.ImageId, copy.RegionId));
        }
        step.Note(there.Count > 1 ? $"The image is in {string.Join(", ", there.Select(static c => c.RegionId))}." : $"The image stays in {step.Execution.RegionId} alone.");
        Share(step, there);
    }

    private static void Share(BuildStep step, List<BuildCopy> images)
    {
        var accounts = step.Pipeline.List("AddAccount").Distinct(StringComparer.Ordinal).ToList();
        foreach (var account in accounts)
        {
            var failed = 0;
            foreach (var image in images)
            {
                if (step.TryEcs("ModifyImageSharePermission", ("RegionId", image.RegionId), ("ImageId", image.ImageId), ("AddAccount.1", account)) is not { } refused) continue;
                failed++;
                Fail(step, $"The share of {image.ImageId} in {image.RegionId} with {account}", refused);
            }
            if (failed < images.Count) step.Note($"Shared with {account}: {images.Count - failed} of {images.Count}.");
        }
    }

    private static void Fail(BuildStep step, string what, EndpointError why)
    {
        step.Note($"{what} failed. {why.Code}: {why.Message}");
        step.Made = step.Made with { IsPartial = true };
        // The first one is what the execution tells of in its fields.
        if (step.Execution.ErrorCode.Length == 0) step.Execution = step.Execution with { ErrorCode = why.Code, ErrorInfo = why.Message };
    }
}
