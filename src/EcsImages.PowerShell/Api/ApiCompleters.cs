using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Contract;
using EcsImages.PowerShell.Completion;

namespace EcsImages.PowerShell.Api;

/// <summary>Completes the operations of the product.</summary>
public sealed class ApiOperationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return (ApiCompletion.Product(fakeBoundParameters)?.Contract().Operations.Values ?? [])
            .Where(o => pattern.IsMatch(o.Name)).OrderBy(static o => o.Name, StringComparer.Ordinal)
            .Select(static o => new CompletionResult(o.Name, o.Name, CompletionResultType.ParameterValue, Tip(o)));
    }

    private static string Tip(ApiOperation operation)
    {
        var needed = operation.Request.Where(static f => f.Required && f.Name != "RegionId").Select(static f => f.Name).ToArray();
        var needs = needed.Length == 0 ? "Needs no parameter." : $"Needs {string.Join(", ", needed)}.";
        return operation.Notes.Count == 0 ? needs : $"{needs} {string.Join(' ', operation.Notes)}";
    }
}

/// <summary>Completes what can be given for a parameter of the operation: values that the contract knows, regions, and ids.</summary>
public sealed class ApiValueCompleter : IArgumentCompleter
{
    private static readonly Dictionary<string, Func<IArgumentCompleter>> Live = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ImageId"] = static () => new ImageIdCompleter(),
        ["InstanceId"] = static () => new InstanceIdCompleter(),
        ["InstanceIds"] = static () => new InstanceIdCompleter(),
        ["SnapshotId"] = static () => new SnapshotIdCompleter(),
        ["SnapshotIds"] = static () => new SnapshotIdCompleter(),
        ["DiskId"] = static () => new DiskIdCompleter(),
        ["DiskIds"] = static () => new DiskIdCompleter(),
        ["InstanceType"] = static () => new InstanceTypeCompleter(),
        ["InstanceTypes"] = static () => new InstanceTypeCompleter(),
        ["DestinationRegionId"] = static () => new RegionIdCompleter(),
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (Live.TryGetValue(parameterName, out var live)) return live().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
        var typed = wordToComplete.Trim('\'', '"');
        var values = ApiCompletion.Operation(fakeBoundParameters)?.Request.FirstOrDefault(f => f.Name.Equals(parameterName, StringComparison.OrdinalIgnoreCase))?.KnownValues ?? [];
        return values.Where(v => v.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(static v => new CompletionResult(v.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') ? v : $"'{v}'", v, CompletionResultType.ParameterValue, v));
    }
}

/// <summary>Completes -Parameter with the operation's parameters, each as a hashtable to go on with.</summary>
public sealed class ApiParameterCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        (ApiCompletion.Operation(fakeBoundParameters)?.Request ?? []).OrderBy(static f => !f.Required)
            .Where(f => f.Name.StartsWith(wordToComplete.TrimStart('@', '{', ' '), StringComparison.OrdinalIgnoreCase))
            .Select(static f => new CompletionResult($"@{{ {f.Name} = }}", f.Name, CompletionResultType.ParameterValue, f.Note is { Length: > 0 } note ? note : f.Name));
}

/// <summary>What has been typed so far.</summary>
internal static class ApiCompletion
{
    public static ApiProduct? Product(IDictionary bound) => ApiProduct.Find(bound["Product"] as string ?? "ecs");

    public static ApiOperation? Operation(IDictionary bound) => bound["Operation"] is string name ? Product(bound)?.Operation(name) : null;
}
