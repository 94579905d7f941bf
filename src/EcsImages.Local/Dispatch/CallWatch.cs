using System.Diagnostics;

namespace EcsImages.Local.Dispatch;

/// <summary>Tells whoever listens what became of a call, and which parameters its operation read; the table of what is honoured rests on it.</summary>
internal static class CallWatch
{
    /// <summary>The event of a <see cref="WatchedCall"/>.</summary>
    public const string Answered = "Answered";

    public static DiagnosticListener Source { get; } = new("EcsImages.Local");

    public static bool IsOn => Source.IsEnabled(Answered);

    public static void Tell(WatchedCall call)
    {
        if (IsOn) Source.Write(Answered, call);
    }
}

/// <summary>A call that was answered.</summary>
/// <param name="Product">Such as ecs.</param>
/// <param name="Operation">Such as CopyImage.</param>
/// <param name="Code">The code that it was refused with; null where it was not.</param>
/// <param name="Sent">The wire names of the parameters that came with a value.</param>
/// <param name="Read">The wire names that the operation asked for, sent or not.</param>
internal sealed record WatchedCall(string Product, string Operation, string? Code, IReadOnlyCollection<string> Sent, IReadOnlyCollection<string> Read);
