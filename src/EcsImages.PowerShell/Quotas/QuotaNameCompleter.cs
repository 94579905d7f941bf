using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Quotas;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;

namespace EcsImages.PowerShell.Quotas;

/// <summary>Completes quotas around images: those that the module has a name for, then what else Quota Center has.</summary>
public sealed class QuotaNameCompleter : IArgumentCompleter
{
    private static readonly LiveCodes Live = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        var named = ImageQuota.All.Where(q => q.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(static q => new CompletionResult(q.Name, q.Name, CompletionResultType.ParameterValue, q.Code));
        return named.Concat(Live.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters));
    }

    private sealed class LiveCodes : LiveCompleter
    {
        private protected override async Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
            new([.. (await new ImageQuotas(access).FindAsync("image", regionId, stop).ConfigureAwait(false))
                .Where(static q => ImageQuota.All.All(known => known.Code != q.Code)).Select(static q => new Suggestion(q.Code, q.Name))], IsWhole: true);
    }
}
