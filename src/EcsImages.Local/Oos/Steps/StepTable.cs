using EcsImages.Local.Oos.Templates;

namespace EcsImages.Local.Oos.Steps;

/// <summary>The actions that templates may use here: one line each.</summary>
internal static class StepTable
{
    private static readonly Dictionary<string, IStep> Steps = ((IStep[])
    [
        new CheckImageNameStep(),
        new ConfigurePackageStep(),
        new CreateImageStep(),
        new CreateStackStep(),
        new DeleteInstanceStep(),
        new DeleteStackStep(),
        new InstallAssistantStep(),
        new RunCommandStep(),
        new RunInstancesStep(),
        new StopInstanceStep(),
        new WaitForStackStep(),
    ]).ToDictionary(static s => s.Action, StringComparer.Ordinal);

    public static IStep Of(TemplateTask task) =>
        Steps[task.Properties["API"] is { } api ? $"{task.Action} {task.Properties["Service"]} {api}" : task.Action];
}
