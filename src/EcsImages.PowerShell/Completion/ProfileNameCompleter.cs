using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes the profiles of the official command-line client.</summary>
public sealed class ProfileNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var file = Task.Run(() => ProfileFile.ReadAsync(fakeBoundParameters["ProfilePath"] as string ?? ProfileFile.DefaultPath, CancellationToken.None)).GetAwaiter().GetResult();
            return (file?.Names ?? []).Where(n => n.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)).Select(static n => new CompletionResult(n));
        }
        catch (CredentialException)
        {
            return [];
        }
    }
}
