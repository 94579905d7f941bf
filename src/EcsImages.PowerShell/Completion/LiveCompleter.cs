using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Acs;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes with what the account has right now: within 300 ms, cached for half a minute, silent when it cannot.</summary>
/// <remarks>It runs on the prompt's own thread.</remarks>
public abstract class LiveCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<(Type, string, string), (DateTimeOffset Read, IReadOnlyList<Suggestion> Values)> Cache = new();

    /// <summary>A value with what a person recognises it by.</summary>
    /// <param name="Value">What is inserted.</param>
    /// <param name="Hint">What is shown beside it.</param>
    protected sealed record Suggestion(string Value, string? Hint);

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
        return Values(context, regionId)
            .Where(v => pattern.IsMatch(v.Value) || (v.Hint is not null && pattern.IsMatch(v.Hint)))
            .Select(static v => new CompletionResult(Quote(v.Value), v.Hint is null ? v.Value : $"{v.Value} ({v.Hint})", CompletionResultType.ParameterValue, v.Hint ?? v.Value));
    }

    private protected abstract Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop);

    private IReadOnlyList<Suggestion> Values(EcsContext context, string regionId)
    {
        var key = (GetType(), context.AccountId + context.Endpoint, regionId);
        if (Cache.TryGetValue(key, out var cached) && DateTimeOffset.UtcNow - cached.Read < Fresh) return cached.Values;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var values = Task.Run(() => ReadAsync(context.Access, regionId, limit.Token), limit.Token).WaitAsync(Patience).GetAwaiter().GetResult();
            Cache[key] = (DateTimeOffset.UtcNow, values);
            return values;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or AcsException or CredentialException or ArgumentException)
        {
            return [];
        }
    }

    private static string Quote(string value) =>
        value.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':') ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
