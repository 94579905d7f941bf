using System.Text.Json;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>A sort of public images that starts on certain families only; told by marks in family or id.</summary>
internal sealed record FamilyDemand(string Kind, IReadOnlyList<string> Marks, IReadOnlyList<string> Families)
{
    public static FamilyDemand Read(JsonElement json) => new(
        json.GetProperty("kind").GetString()!, FamilyRestrictions.Texts(json, "marks"), FamilyRestrictions.Texts(json, "families"));

    // Only public images have ids and families that say what they are: a custom image may be called anything.
    public bool IsOf(in ImageTraits image)
    {
        var readable = !image.ImageId.StartsWith("m-", StringComparison.Ordinal);
        var isPublicFamily = image.Family?.StartsWith("acs:", StringComparison.Ordinal) is true;
        if (!readable && !isPublicFamily) return false;
        foreach (var mark in Marks)
            if ((readable && Has(image.ImageId, mark)) || (isPublicFamily && Has(image.Family!, mark))) return true;
        return false;
    }

    private static bool Has(string name, string mark)
    {
        for (var at = name.IndexOf(mark, StringComparison.Ordinal); at > 0; at = name.IndexOf(mark, at + 1, StringComparison.Ordinal))
            if (name[at - 1] == '_' && (at + mark.Length == name.Length || name[at + mark.Length] == '_')) return true;
        return false;
    }
}
