using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.PowerShell.Policies;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes the module's cmdlets.</summary>
public sealed class CmdletNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return ModuleCmdlets.Names.Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(static n => new CompletionResult(n, n, CompletionResultType.ParameterValue, string.Join(", ", ModuleCmdlets.ActionsOf(n))));
    }
}
