using System.Management.Automation;
using System.Management.Automation.Language;

namespace EcsImages.Shell;

/// <summary>An error as a person reads it: who says it, what was wrong, what to do, and where in which script.</summary>
internal static class ErrorText
{
    private static readonly Lazy<HashSet<string>> StandardCmdlets = new(ReadStandardCmdlets);

    public static string Of(ErrorRecord error)
    {
        var lines = new List<string> { $"{Speaker(error)}: {Message(error)}" };
        if (error.ErrorDetails?.RecommendedAction is { Length: > 0 } action) lines.Add($"  Recommendation: {action}");
        if (error.InvocationInfo is { ScriptName.Length: > 0 } at) lines.Add($"  at {at.ScriptName}:{at.ScriptLineNumber}: {at.Line.Trim()}");
        return string.Join(Environment.NewLine, lines);
    }

    public static string Of(RuntimeException error) => error is ParseException { Errors: { Length: > 0 } errors }
        ? string.Join(Environment.NewLine, errors.Select(Of))
        : Of(error.ErrorRecord);

    private static string Of(ParseError error) =>
        $"ParserError: {error.Message}{Environment.NewLine}  at {error.Extent.File ?? "line"}:{error.Extent.StartLineNumber}: "
        + error.Extent.StartScriptPosition.Line.Trim();

    private static string Speaker(ErrorRecord error) =>
        error.InvocationInfo?.MyCommand?.Name is { Length: > 0 } command && !command.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) ? command
        : error.Exception is CommandNotFoundException { CommandName.Length: > 0 } missing ? missing.CommandName
        : error.CategoryInfo.Category == ErrorCategory.ParserError ? "ParserError"
        : error.Exception.GetType() == typeof(RuntimeException) ? "Exception"
        : error.Exception.GetType().Name;

    private static string Message(ErrorRecord error) =>
        error.Exception is CommandNotFoundException { CommandName: { } name } && StandardCmdlets.Value.TryGetValue(name, out var cmdlet)
            ? $"{cmdlet} is a standard cmdlet of PowerShell that this small shell does not have; run the script in pwsh."
            : error.ToString();

    private static HashSet<string> ReadStandardCmdlets()
    {
        using var list = new StreamReader(typeof(ErrorText).Assembly.GetManifestResourceStream("StandardCmdlets.txt")!);
        return new(list.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
    }
}
