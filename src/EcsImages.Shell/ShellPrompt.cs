using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace EcsImages.Shell;

/// <summary>Reads commands at a terminal and runs them, until <c>exit</c> or the end of input.</summary>
internal sealed class ShellPrompt(ShellSession session, ShellScreen screen, ShellInput input)
{
    public int Run()
    {
        while (session.ExitCode is null && ReadCommand() is { } command)
        {
            if (!string.IsNullOrWhiteSpace(command)) session.RunText(command);
        }

        return session.ExitCode ?? 0;
    }

    /// <summary>One line, or as many as it takes to close what the first one opened; null at the end of input.</summary>
    private string? ReadCommand()
    {
        var text = new StringBuilder();
        screen.Write("PS> ");
        try
        {
            while (input.ReadLine() is { } line)
            {
                text.AppendLine(line);
                if (line.Length == 0 || IsComplete(text.ToString())) return text.ToString();
                screen.Write(">> ");
            }
        }
        catch (PipelineStoppedException)
        {
            screen.Write(Environment.NewLine);
            return "";
        }

        return null;
    }

    private static bool IsComplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return !errors.Any(error => error.IncompleteInput);
    }
}
