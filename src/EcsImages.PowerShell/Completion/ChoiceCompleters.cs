using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows.Updating;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes names of a table that the module has.</summary>
public abstract class TableCompleter : IArgumentCompleter
{
    private protected abstract IEnumerable<(string Name, string Hint)> Rows { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return Rows.Where(r => r.Name.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .Select(static r => new CompletionResult(r.Name.Contains(' ', StringComparison.Ordinal) ? $"'{r.Name}'" : r.Name, r.Name, CompletionResultType.ParameterValue, r.Hint));
    }
}

/// <summary>Completes workloads.</summary>
public sealed class WorkloadCompleter : TableCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> Rows =>
        Workloads.All.Select(static w => (w.Name, $"{string.Join(", ", w.OperatingSystems)}: {w.Reason}"));
}

/// <summary>Completes what one needs an image for.</summary>
public sealed class NeedCompleter : TableCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> Rows => Needs.All.Select(static n => (n.Name, $"{n.ImageType}: {n.Reason}"));
}

/// <summary>Completes how a script is run in an image.</summary>
public sealed class CommandTypeCompleter : TableCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> Rows =>
        [(UpdateCommand.Shell, "a shell script, on Linux"), (UpdateCommand.PowerShell, "PowerShell, on Windows"), (UpdateCommand.Bat, "a batch file, on Windows")];
}

/// <summary>Completes the states of updates.</summary>
public sealed class ImageUpdateStatusCompleter : TableCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> Rows =>
    [
        ("Started", "accepted"), ("Queued", "waiting for its turn"), ("Running", "under way, or cleaning up"), ("Waiting", "waiting for somebody"),
        ("Success", "the new image is there"), ("Failed", "no image was made"), ("Cancelled", "broken off"),
    ];
}

/// <summary>Completes the languages that images of Windows Server come in.</summary>
public sealed class ImageLanguageCompleter : TableCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> Rows => [("en-us", "English"), ("zh-cn", "Chinese")];
}
