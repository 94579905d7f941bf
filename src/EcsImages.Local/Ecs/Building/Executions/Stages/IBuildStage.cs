namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>A stage of an execution; stateless. A refusal (EndpointError) fails the execution, and what the stage has done is undone.</summary>
internal interface IBuildStage
{
    /// <summary>As the row has it.</summary>
    string Name { get; }

    /// <summary>What the execution is called while the stage is under way.</summary>
    string StatusIn(BuildExecution execution);

    /// <summary>What the execution becomes where the stage fails.</summary>
    string Failing => BuildExecution.Failed;

    /// <summary>How long it takes at least, at speed 1; it lasts until all images that it waits for are ready.</summary>
    double Seconds { get; }

    /// <summary>Whether the pipeline has it.</summary>
    bool IsFor(BuildStep step) => true;

    void Begin(BuildStep step)
    {
    }

    void End(BuildStep step)
    {
    }
}
