using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Detection;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building;

/// <summary>What a pipeline is to repair before it builds: items of the service's image check.</summary>
internal static class Repair
{
    private const string Prefix = "GUESTOS.";

    // rules.md 93: what Standard means.
    private static readonly string[] OfLinux = ["CloudInit", "Dhcp", "Virtio", "OnlineResizeFS", "Grub", "Fstab"], OfWindows = ["Virtio", "Update", "Hotfix", "Server"];

    /// <exception cref="EndpointError">The mode or an item is not known, or the system is none that is repaired.</exception>
    public static void Check(Call call, Image image)
    {
        var mode = Choice.Of(call, "RepairMode", "InvalidParameter.RepairMode", "Standard", "All", "Customized");
        var items = call.List("RepairItem");
        if (mode is null)
        {
            if (items.Count > 0) throw Error.Of("MissingParameter.RepairMode");
            return;
        }
        if (mode == "Customized" && items.Count == 0) throw Error.Missing("RepairItem");
        var known = DetectionItems.NamesFor(image.OsType);
        if (items.FirstOrDefault(i => !known.Contains(Bare(i))) is { } unknown)
            throw Error.Invalid("RepairItem", $"{unknown} is not one of {string.Join(", ", known)}, which are the items of {image.OsType}.");
        if (!DetectionItems.AreFor(image)) throw Error.Of("InvalidImage.NotSupportRepair", image.Id, image.Platform);
    }

    /// <summary>The items that a pipeline has repaired, without the prefix; none where it has no repair.</summary>
    public static IReadOnlyList<string> ItemsOf(Parameters pipeline, string osType) => pipeline.Text("RepairMode") switch
    {
        null => [],
        "Standard" => osType == "windows" ? OfWindows : OfLinux,
        "All" => DetectionItems.NamesFor(osType),
        _ => [.. pipeline.List("RepairItem").Select(Bare)],
    };

    private static string Bare(string item) => item.StartsWith(Prefix, StringComparison.Ordinal) ? item[Prefix.Length..] : item;
}
