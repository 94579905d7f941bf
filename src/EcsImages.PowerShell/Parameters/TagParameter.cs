using System.Collections;
using EcsImages.Core.Ecs;

namespace EcsImages.PowerShell.Parameters;

/// <summary>The hashtable of -Tag as the API takes it.</summary>
internal static class TagParameter
{
    /// <summary>Null without tags.</summary>
    public static IReadOnlyList<TagRequest>? Request(Hashtable? tags) =>
        tags is not { Count: > 0 } ? null : [.. Tags.Read(tags).Select(static t => new TagRequest { Key = t.Key, Value = t.Value })];
}
