using System.Management.Automation;
using EcsImages.Core.Images;

namespace EcsImages.PowerShell.Building;

/// <summary>The names that the operations of Image Builder narrow by are whole ones.</summary>
internal static class Exact
{
    /// <summary>The one name that was asked for; null for several, for one with wildcards, and for what is no name: the service makes an error of that.</summary>
    public static string? Of(string[]? names) => names is [var only] && !WildcardPattern.ContainsWildcardCharacters(only) && ImageNames.IsName(only) ? only : null;
}
