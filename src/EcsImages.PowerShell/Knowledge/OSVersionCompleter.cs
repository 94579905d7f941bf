using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EcsImages.PowerShell.Knowledge;

/// <summary>Completes the versions of the operating system that -OS names.</summary>
public sealed class OSVersionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var systems = fakeBoundParameters["OS"] switch
        {
            string one => [one],
            object[] several => several.OfType<string>().ToArray(),
            _ => null,
        };
        return LifecycleSearch.Find(systems, null, static (_, _) => { })
            .Where(r => r.Version!.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(static r => new CompletionResult(OSNameCompleter.Quoted(r.Version!), r.Version, CompletionResultType.ParameterValue, $"{r.Name}: until {r.EndOfLife?.ToString("o", CultureInfo.InvariantCulture) ?? "not known"}"));
    }
}
