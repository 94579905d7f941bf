using System.Diagnostics;
using System.Management.Automation;

namespace EcsImages.PowerShell.Tests.Building;

internal static class Completing
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>What Tab offers behind what was typed.</summary>
    public static string[] Complete(this TestShell shell, string typed)
    {
        using var ps = System.Management.Automation.PowerShell.Create(shell.Runspace);
        return [.. CommandCompletion.CompleteInput(typed, typed.Length, null, ps).CompletionMatches.Select(static c => c.CompletionText)];
    }

    /// <summary>What Tab offers in the end, however often it has to be pressed: each waits for a moment by itself.</summary>
    public static string[] CompleteLater(this TestShell shell, string typed)
    {
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < Limit;)
            if (shell.Complete(typed) is { Length: > 0 } found) return found;
        return [];
    }
}
