using EcsImages.Core.Building;

namespace EcsImages.Core.Workflows.Building;

/// <summary>Puts the components that were named beside a text in front of its commands.</summary>
internal static class PipelineContent
{
    /// <summary>The text with a line COMPONENT for each id, behind FROM, which has to be first.</summary>
    public static string With(string text, BuildContent content, IReadOnlyList<string> componentIds)
    {
        if (componentIds.Count == 0) return text;
        var lines = string.Concat(componentIds.Select(static id => $"{BuildKeywords.Component} {id}\n"));
        if (text.Length == 0) return lines.TrimEnd('\n');
        if (content.Commands is not [{ Keyword: BuildKeywords.From }, ..]) return lines + text;
        if (content.Commands.Count == 1) return $"{text.TrimEnd('\r', '\n')}\n{lines.TrimEnd('\n')}";
        var at = StartOf(text, content.Commands[1].Line);
        return text[..at] + lines + text[at..];
    }

    private static int StartOf(string text, int line)
    {
        var at = 0;
        for (var number = 1; number < line; number++) at = text.IndexOf('\n', at) + 1;
        return at;
    }
}
