using EcsImages.Local.Ecs.Detection;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>Looks at the disk for what is to be repaired. A repair runs inside the machine, and is not executed.</summary>
internal sealed class RepairStage : IBuildStage
{
    public string Name => "repair";

    public double Seconds => 1;

    public string StatusIn(BuildExecution execution) => BuildExecution.Repairing;

    public bool IsFor(BuildStep step) => step.Pipeline.Text("RepairMode") is not null;

    public void End(BuildStep step)
    {
        var instance = LaunchStage.NeedRunning(step, step.Made.Instance!);
        var look = step.LookAt(instance.Id);
        if (look.Problem is not null) step.Note($"The disk of {instance.Id} could not be read: {look.Problem}");
        var found = DetectionItems.Of(look, step.BaseImage(), step.Store.Now).ToDictionary(static i => i.Name, StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var item in Repair.ItemsOf(step.Pipeline, instance.OsType))
        {
            if (found.GetValueOrDefault(item) is { } known && known.Value != "Unknown")
                step.Note(known.RiskCode is null ? $"{item}: nothing to repair. {known.Words}" : $"{item}: {known.RiskCode}, not repaired. {known.Words}");
            else unknown.Add(item);
        }
        if (unknown.Count > 0) step.Note($"The disk does not tell about {string.Join(", ", unknown)}.");
        step.Note($"Repairs were not executed: {instance.Id} does not run, and its disk stays as it is.");
    }
}
