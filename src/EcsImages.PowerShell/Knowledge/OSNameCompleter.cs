using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Images;

namespace EcsImages.PowerShell.Knowledge;

/// <summary>Completes the operating systems whose lifecycle is known.</summary>
public sealed class OSNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Lifecycles.All.Select(static r => r.OS).Distinct()
            .Where(os => os.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(static os => new CompletionResult(Quoted(os), os, CompletionResultType.ParameterValue, os));

    /// <summary>As PowerShell wants a word that has blanks or parentheses.</summary>
    internal static string Quoted(string word) => word.All(static c => char.IsAsciiLetterOrDigit(c) || c == '.') ? word : $"'{word}'";
}
