namespace EcsImages.PowerShell.Completion;

/// <summary>A value with what a person recognises it by.</summary>
/// <param name="Value">What is inserted.</param>
/// <param name="Hint">What is shown beside it.</param>
internal sealed record Suggestion(string Value, string? Hint);

/// <summary>What was read to complete with.</summary>
/// <param name="Values">What was read.</param>
/// <param name="IsWhole">Whether that is all there is.</param>
internal sealed record Suggestions(IReadOnlyList<Suggestion> Values, bool IsWhole)
{
    public static Suggestions None { get; } = new([], IsWhole: true);
}
