using System.Management.Automation;

namespace EcsImages.PowerShell.Building;

/// <summary>The names that the operations of Image Builder narrow by are whole ones.</summary>
internal static class Exact
{
    /// <summary>The one name that was asked for; null for several, and for one with wildcards.</summary>
    public static string? Of(string[]? names) => names is [var only] && !WildcardPattern.ContainsWildcardCharacters(only) ? only : null;
}
