using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>How a pipeline names a component: by its id, or as acs:ecs:region:account:imagecomponent/name and a version that may have stars.</summary>
/// <remarks>One page of the service has a colon before the version, another a slash: both are taken.</remarks>
internal sealed record ComponentReference(string Text, string? Id, string Region, string Account, string Name, ComponentVersion? Version)
{
    private const string Kind = "imagecomponent/";

    /// <summary>Null where the text is neither.</summary>
    public static ComponentReference? Parse(string text)
    {
        if (text.StartsWith("ic-", StringComparison.Ordinal)) return new(text, text, "", "", "", null);
        if (text.Split(':', 5) is not ["acs", "ecs", var region, var account, var rest] || !rest.StartsWith(Kind, StringComparison.Ordinal)) return null;
        var named = rest[Kind.Length..];
        // A name may have colons of its own.
        return named.LastIndexOfAny([':', '/']) is var at and > 0 && ComponentVersion.Parse(named[(at + 1)..]) is { } version
            ? new(text, null, region, account, named[..at], version) : null;
    }

    public bool Means(ImageComponent component) =>
        Id is not null ? Id == component.Id
        : (Region, Account, Name) == (component.RegionId, component.Account, component.Name) && Version!.Covers(component.Version);

    /// <summary>The component that is meant; of several versions the highest.</summary>
    public ImageComponent? Find(Session store, string account, string region) =>
        Id is not null ? ImageComponent.Find(store, account, region, Id)
        : ImageComponent.Versions(store, account, region, Name).FirstOrDefault(Means);
}
