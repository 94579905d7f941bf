namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>The stages in their order: one line each.</summary>
internal static class BuildStages
{
    private static readonly IBuildStage[] All =
    [
        new ImportStage(),
        new NetworkStage(),
        new LaunchStage(),
        new RepairStage(),
        new CommandsStage(),
        new ImageStage(),
        new TestStage(),
        new DistributeStage(),
        new ReleaseStage(),
    ];

    /// <summary>What cleans up, however it ends.</summary>
    public static IBuildStage Last => All[^1];

    public static IBuildStage Of(string name) => All.Single(s => s.Name == name);

    /// <summary>Those whose turn comes after that one; all of them for null.</summary>
    public static IEnumerable<IBuildStage> After(IBuildStage? stage) => All.Skip(Array.IndexOf(All, stage) + 1);
}
