namespace EcsImages.Core.Ram;

/// <summary>The least policy that allows given actions.</summary>
internal static class LeastPolicy
{
    /// <summary>Makes it; null where none of the actions needs a permission.</summary>
    /// <remarks>
    /// Each action works on resources of its own type only, so that * allows no more than the type's pattern would. Where a region or
    /// account is named, each action gets the patterns of its own resources there; those without resource-level permission keep *.
    /// </remarks>
    /// <param name="actions">Such as ecs:CopyImage; in any order, also several times.</param>
    /// <param name="regions">The only regions; empty means all.</param>
    /// <param name="accountId">The only account; null means any.</param>
    public static RamPolicy? Of(IEnumerable<string> actions, IReadOnlyList<string> regions, string? accountId)
    {
        var narrow = regions.Count > 0 || accountId is not null;
        var statements = actions.Where(RamActions.NeedsPermission).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(action => (Action: action, Resources: narrow ? RamActions.PatternsOf(action, regions, accountId) : ["*"]))
            .GroupBy(static a => string.Join('\n', a.Resources), StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => Allow([.. g.Select(static a => a.Action)], g.First().Resources))
            .ToArray();
        return statements.Length == 0 ? null : new RamPolicy(statements);
    }

    /// <summary>A statement that allows actions on resources.</summary>
    public static RamStatement Allow(IReadOnlyList<string> actions, IReadOnlyList<string> resources) =>
        new(RamEffect.Allow, new RamPatterns(actions), new RamPatterns(resources), []);
}
