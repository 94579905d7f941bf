using System.Globalization;
using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>A text of Image Builder's language: given, or read from a file.</summary>
/// <param name="Text">The text.</param>
/// <param name="Place">The file that it comes from, or the parameter.</param>
internal sealed record BuildText(string Text, string Place)
{
    // The service takes 16 KiB; what is far beyond is no such text, and is not read whole.
    private const long MostBytes = 1 << 20;

    /// <summary>A file, as UTF-8 unless it says otherwise.</summary>
    public static BuildText OfFile(string file)
    {
        if (new FileInfo(file).Length > MostBytes)
            throw new CmdletInputException("FileTooLarge", $"'{file}' has more than 1 MiB, and cannot be a text to build from.", "Name a text file of at most 16 KiB.");
        return new BuildText(File.ReadAllText(file), file);
    }

    /// <summary>Reads it; each thing that is wrong is an error with place and remedy.</summary>
    /// <returns>What it says; null if something is wrong.</returns>
    public BuildContent? Read(EcsApiCmdlet cmdlet, BuildContentUse use)
    {
        var content = BuildContentReader.Read(Text, use);
        return Report(cmdlet, content.Problems) ? null : content;
    }

    /// <summary>Writes an error for each problem.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Report(EcsApiCmdlet cmdlet, IEnumerable<BuildProblem> problems)
    {
        var found = false;
        foreach (var problem in problems)
        {
            found = true;
            var where = string.Create(CultureInfo.InvariantCulture, $"{Place}, line {problem.Line}, column {problem.Column}");
            cmdlet.WriteError(new CmdletInputException(problem.Code, $"{where}: {problem.Message}", problem.Remedy, ErrorCategory.ParserError).ToErrorRecord(Place));
        }
        return found;
    }
}
