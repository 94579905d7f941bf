using System.Globalization;
using System.Text;

namespace EcsImages.Help;

/// <summary>The same help as a page to read in the repository.</summary>
internal static class MarkdownPage
{
    private const string Generated = "<!-- Generated from the documentation comments of the cmdlets: ./build.ps1 -Task Help -->\n\n";

    public static string Of(CmdletHelp cmdlet)
    {
        using var page = Page();
        page.Write($"# {cmdlet.Name}\n\n");
        Paragraphs(page, cmdlet.Description);
        page.Write("## Syntax\n\n");
        foreach (var syntax in cmdlet.Syntaxes)
        {
            if (cmdlet.Syntaxes.Count > 1) page.Write($"{syntax.Name}{(syntax.IsDefault ? " (default)" : "")}:\n\n");
            page.Write($"```text\n{Syntax(cmdlet.Name, syntax)}\n```\n\n");
        }
        page.Write("## Examples\n\n");
        foreach (var example in cmdlet.Examples)
        {
            page.Write($"```powershell\n{example.Code}\n```\n\n");
            Paragraphs(page, example.Remarks);
        }
        page.Write("## Parameters\n\n");
        foreach (var parameter in cmdlet.Parameters) Parameter(page, parameter);
        page.Write("The common parameters of PowerShell, such as -Verbose and -ErrorAction, work as everywhere.\n\n");
        Types(page, "Inputs", cmdlet.Inputs);
        Types(page, "Outputs", cmdlet.Outputs);
        page.Write("## Notes\n\n");
        Paragraphs(page, cmdlet.Notes);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The list of the pages.</summary>
    public static string Index(IEnumerable<CmdletHelp> cmdlets)
    {
        using var page = Page();
        page.Write("# The cmdlets\n\n| cmdlet | does |\n| --- | --- |\n");
        foreach (var cmdlet in cmdlets) page.Write($"| [{cmdlet.Name}]({cmdlet.Name}.md) | {Escaped(cmdlet.Synopsis)} |\n");
        return page.ToString();
    }

    private static string Syntax(string name, SyntaxHelp syntax)
    {
        const int Width = 100;
        const string Indent = "    ";
        var text = new StringBuilder(name);
        var column = name.Length;
        foreach (var word in syntax.Parameters.Select(Syntax).Append("[<CommonParameters>]"))
        {
            if (column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(Indent).Append(word);
                column = Indent.Length + word.Length;
                continue;
            }
            text.Append(' ').Append(word);
            column += 1 + word.Length;
        }
        return text.ToString();
    }

    private static string Syntax(ParameterHelp parameter)
    {
        var name = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var word = parameter.IsSwitch ? name : $"{name} <{parameter.TypeName}>";
        return parameter.Required ? word : $"[{word}]";
    }

    private static void Parameter(StringWriter page, ParameterHelp parameter)
    {
        page.Write($"### -{parameter.Name}\n\n{Escaped(parameter.Description)}\n\n| | |\n| --- | --- |\n");
        page.Write($"| Type | {Escaped(parameter.TypeName)} |\n");
        if (parameter.Values.Count > 0) page.Write($"| Values | {string.Join(", ", parameter.Values)} |\n");
        if (parameter.Aliases.Count > 0) page.Write($"| Aliases | {string.Join(", ", parameter.Aliases)} |\n");
        page.Write($"| Required | {parameter.Required} |\n");
        page.Write($"| Position | {parameter.PositionText} |\n");
        page.Write($"| Default | {Escaped(parameter.DefaultText)} |\n");
        page.Write($"| Pipeline input | {parameter.PipelineInput} |\n");
        page.Write($"| Wildcards | {parameter.Wildcards} |\n\n");
    }

    private static void Types(StringWriter page, string heading, IEnumerable<TypeHelp> types)
    {
        page.Write($"## {heading}\n\n");
        foreach (var type in types) page.Write($"- **{type.Name}**: {Escaped(type.Description)}\n");
        page.Write('\n');
    }

    private static void Paragraphs(StringWriter page, IEnumerable<string> paragraphs)
    {
        foreach (var paragraph in paragraphs) page.Write($"{Escaped(paragraph)}\n\n");
    }

    private static StringWriter Page()
    {
        var page = new StringWriter(CultureInfo.InvariantCulture);
        page.Write(Generated);
        return page;
    }

    private static string Escaped(string text) => text
        .Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
