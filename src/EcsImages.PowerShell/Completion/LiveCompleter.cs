using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes with what the account has right now: within 300 ms, cached for half a minute, silent when it cannot.</summary>
/// <remarks>It runs on the prompt's own thread. What takes longer is read on in the background, for the next Tab.</remarks>
public abstract class LiveCompleter : IArgumentCompleter
{
    private static readonly LiveReadings Readings = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var context = fakeBoundParameters["Context"] as EcsContext ?? EcsSession.Current.Default;
        if (context is null) return [];
        var regionId = fakeBoundParameters["RegionId"] switch
        {
            string one => one,
            object[] { Length: > 0 } several => several[0]?.ToString() ?? context.RegionId,
            _ => context.RegionId,
        };
        var typed = wordToComplete.Trim('\'', '"');
        var pattern = WildcardPattern.Get(typed + "*", WildcardOptions.IgnoreCase);
        return Values(context, regionId, typed)
            .Where(v => pattern.IsMatch(v.Value) || (v.Hint is not null && pattern.IsMatch(v.Hint)))
            .Select(static v => new CompletionResult(Quote(v.Value), v.Hint is null ? v.Value : $"{v.Value} ({v.Hint})", CompletionResultType.ParameterValue, v.Hint ?? v.Value));
    }

    /// <summary>Reads what there is, as far as somebody would look through it.</summary>
    private protected abstract Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop);

    /// <summary>What the service can narrow by, of what was typed; null where it cannot.</summary>
    private protected virtual string? PartOf(string typed) => null;

    /// <summary>Reads what has such a part.</summary>
    private protected virtual Task<Suggestions> ReadPartAsync(EcsAccess access, string part, string regionId, CancellationToken stop) => Task.FromResult(Suggestions.None);

    private IEnumerable<Suggestion> Values(EcsContext context, string regionId, string typed)
    {
        var (access, account) = (context.Access, $"{context.AccountId}/{context.UserName} {context.Endpoint}");
        var some = Readings.Get(new(GetType(), account, regionId, Part: null), stop => ReadAsync(access, regionId, stop));
        if (some.IsWhole || PartOf(typed) is not { } part) return some.Values;
        var narrowed = Readings.Get(new(GetType(), account, regionId, part), stop => ReadPartAsync(access, part, regionId, stop));
        return some.Values.Concat(narrowed.Values).DistinctBy(static s => s.Value, StringComparer.Ordinal);
    }

    private static string Quote(string value) =>
        value.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':') ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
