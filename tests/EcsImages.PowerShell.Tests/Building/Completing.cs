using System.Management.Automation;

namespace EcsImages.PowerShell.Tests.Building;

internal static class Completing
{
    /// <summary>What Tab offers behind what was typed.</summary>
    public static string[] Complete(this TestShell shell, string typed)
    {
        using var ps = System.Management.Automation.PowerShell.Create(shell.Runspace);
        return [.. CommandCompletion.CompleteInput(typed, typed.Length, null, ps).CompletionMatches.Select(static c => c.CompletionText)];
    }
}
