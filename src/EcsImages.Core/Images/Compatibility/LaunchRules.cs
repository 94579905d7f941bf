namespace EcsImages.Core.Images.Compatibility;

/// <summary>The rules about an image and a type alone, in the order in which the service refuses.</summary>
internal static class LaunchRules
{
    private static readonly LaunchRule[] Rules =
    [
        new ArchitectureRule(), new Memory32BitRule(), new Cores32BitWindowsRule(), new Memory64BitRule(), new WindowsMemoryRule(),
        new BootModeRule(), new NvmeRule(), new FamilyRule(),
    ];

    public static IReadOnlyList<LaunchRule> All => Rules;

    /// <summary>The first rule that blocks; null if an instance starts, as far as anybody can tell.</summary>
    public static LaunchRule? RefusalOf(in ImageTraits image, in TypeTraits type)
    {
        foreach (var rule in Rules)
            if (rule.Refuses(image, type)) return rule;
        return null;
    }
}
