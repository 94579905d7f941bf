using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The rules of names, descriptions and families. Where texts of the service differ, all its bans hold, and its widest set of characters.</summary>
internal static class ImageWords
{
    /// <summary>The patterns that operations judge by these rules.</summary>
    public static readonly string[] Judged = ["ImageName", "Description", "ImageFamily", "DestinationImageName", "DestinationDescription"];

    public static string? Name(Call call, string parameter) => call.Text(parameter) is not { } text ? null
        : NameRule.IsName(text) ? text : throw Error.Of("InvalidImageName.Malformed", parameter, text);

    public static string? Family(Call call) => call.Text("ImageFamily") is not { } text ? null
        : NameRule.IsName(text) ? text : throw Error.Of("InvalidImageFamily.Malformed", text);

    /// <summary>Null where it was not sent; empty where it was sent to clear it.</summary>
    public static string? Description(Call call, string parameter)
    {
        if (call.Given(parameter) is not { Length: > 0 } text) return call.Given(parameter);
        return text.Length is >= 2 and <= 256 && !StartsWithAny(text, "http://", "https://") ? text
            : throw Error.Of("InvalidDescription.Malformed", parameter, text.Length);
    }

    /// <exception cref="EndpointError">InvalidImageName.Duplicated</exception>
    public static void NeedFree(Session store, string account, string region, string name)
    {
        if (ImageRows.NameTaken(store, account, region, name)) throw Error.Of("InvalidImageName.Duplicated", name, region);
    }

    public static string ResourceGroup(Call call, string parameter = "ResourceGroupId") => call.Text(parameter) is not { } group ? ""
        : group.StartsWith("rg-", StringComparison.Ordinal) ? group : throw Error.Of("InvalidResourceGroup.NotFound", group);

    public static bool StartsWithAny(string text, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    public static bool HoldsAddress(string text) =>
        text.Contains("http://", StringComparison.OrdinalIgnoreCase) || text.Contains("https://", StringComparison.OrdinalIgnoreCase);
}
