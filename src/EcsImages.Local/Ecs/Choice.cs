using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs;

/// <summary>A parameter that takes one of a few values.</summary>
internal static class Choice
{
    public static string? Of(Call call, string name, string code, params string[] values)
    {
        if (call.Text(name) is not { } value) return null;
        return values.Contains(value, StringComparer.Ordinal) ? value : throw Error.Of(code, value, string.Join(", ", values));
    }
}
