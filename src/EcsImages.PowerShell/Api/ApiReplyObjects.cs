using System.Collections.Specialized;
using System.Management.Automation;
using System.Text.Json;

namespace EcsImages.PowerShell.Api;

/// <summary>Makes PowerShell objects of a reply: names as they are, whole numbers as such, times as text.</summary>
internal static class ApiReplyObjects
{
    private static readonly string[] PowerShells = ["PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames", "PSStandardMembers"];

    /// <summary>An object that knows where it was seen, so that it can be piped on; anything else as it is.</summary>
    /// <param name="json">A reply, or an item of its list.</param>
    /// <param name="regionId">The region that was asked; null where the product knows no regions.</param>
    /// <param name="accountId">The account that asked.</param>
    public static object? Of(JsonElement json, string? regionId, string accountId)
    {
        var read = Read(json);
        if (read is not PSObject item) return read;
        var shown = item.Properties.Select(static p => p.Name).ToList();
        if (regionId is not null && item.Properties["RegionId"] is null)
        {
            item.Properties.Add(new PSNoteProperty("RegionId", regionId));
            shown.Add("RegionId");
        }
        if (item.Properties["ContextAccountId"] is not null) return item;
        item.Properties.Add(new PSNoteProperty("ContextAccountId", accountId));
        // It is for the next cmdlet, and nothing to look at.
        if (shown.Count > 0) item.Members.Add(new PSMemberSet("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", shown)]));
        return item;
    }

    private static object? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Object(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => Number(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static object Number(JsonElement json)
    {
        if (json.TryGetInt64(out var whole)) return whole;
        // A number beyond 64 bits keeps its digits as long as something can hold them.
        var isWhole = !json.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
        return isWhole && json.TryGetDecimal(out var large) ? large : json.GetDouble();
    }

    private static object Object(JsonElement json)
    {
        var members = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject()) members[member.Name] = Read(member.Value);
        var names = members.Keys.Cast<string>().ToArray();
        // PowerShell's properties know no case, and cannot have every name; a dictionary's keys can.
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length || names.Any(static n => n.Length == 0 || PowerShells.Contains(n, StringComparer.OrdinalIgnoreCase)))
            return members;
        var made = new PSObject();
        foreach (var name in names) made.Properties.Add(new PSNoteProperty(name, members[name]), preValidated: true);
        return made;
    }
}
