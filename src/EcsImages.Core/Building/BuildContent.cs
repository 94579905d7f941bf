namespace EcsImages.Core.Building;

/// <summary>A text of Image Builder's language as it was read.</summary>
/// <param name="Commands">The commands in their order, those with problems too; an unknown keyword is a problem only.</param>
/// <param name="Problems">What is wrong, in the order of the text.</param>
/// <param name="IsYaml">Whether the text has the YAML form of components, which is not read here: it has no commands, and only its size was checked.</param>
internal sealed record BuildContent(IReadOnlyList<BuildCommand> Commands, IReadOnlyList<BuildProblem> Problems, bool IsYaml)
{
    /// <summary>What the first FROM names, where there is one that can be read.</summary>
    /// <remarks>Older documentation lets it overrule the pipeline's base image, newer (2025) says that it is ignored: the caller decides.</remarks>
    public BaseImageReference? BaseImage { get; } = Commands.FirstOrDefault(static c => c.Keyword == BuildKeywords.From)?.BaseImage;

    /// <summary>The components that are called, in their order.</summary>
    public IEnumerable<ComponentCall> Components => Commands.Select(static c => c.Component).OfType<ComponentCall>();
}
