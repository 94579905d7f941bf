using EcsImages.Core.Building;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs.Building;

/// <summary>Texts of Image Builder's language, as parameters have them.</summary>
internal static class BuildText
{
    /// <exception cref="EndpointError">The first thing that is wrong with the text, with its line and column.</exception>
    public static BuildContent Read(string parameter, string text, BuildContentUse use)
    {
        var content = BuildContentReader.Read(text, use);
        if (content.Problems is [var first, ..]) throw Error.Of(first.Code, $"{parameter}, {first}");
        // Only a component may have that form.
        return content.IsYaml && use is not BuildContentUse.Component
            ? throw Malformed(use, $"{parameter} is YAML, which is the form of components. Create a component of it, and name that with COMPONENT.") : content;
    }

    /// <summary>A text that is wrong in a way that has no code of its own.</summary>
    public static EndpointError Malformed(BuildContentUse use, string words) => Error.Of(BuildCodes.Malformed(use), words);
}
