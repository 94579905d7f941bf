using System.Management.Automation;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Refuses what cannot be an id: any object that is piped to a text parameter arrives as its text form.</summary>
internal static class Ids
{
    private const int Longest = 128;

    public static string Check(string? id, string parameter)
    {
        if (string.IsNullOrWhiteSpace(id)) throw new CmdletInputException("EmptyId", $"The {parameter} is empty.");
        if (WildcardPattern.ContainsWildcardCharacters(id))
            throw new CmdletInputException("InvalidId", $"'{id}' has wildcards, and {parameter} takes exact ids.", "Names take wildcards: use -Name.");
        if (id.Length > Longest || id.StartsWith("System.", StringComparison.Ordinal) || !id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
            throw new CmdletInputException("InvalidId", $"'{id}' is not an id ({parameter}).", "Pipe objects of this module, or plain ids; names go to -Name.");
        return id;
    }
}
