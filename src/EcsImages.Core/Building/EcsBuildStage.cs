namespace EcsImages.Core.Building;

/// <summary>A stage of an execution.</summary>
/// <param name="Name">Prepare, Repair, Build (which makes the image), Test, Distribute, Share or Release.</param>
/// <param name="State">What has become of it.</param>
public sealed record EcsBuildStage(string Name, EcsBuildStageState State)
{
    /// <summary>Its name and state.</summary>
    public override string ToString() => $"{Name}: {State}";
}
