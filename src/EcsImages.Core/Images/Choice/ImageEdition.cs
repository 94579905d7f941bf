namespace EcsImages.Core.Images.Choice;

/// <summary>What distinguishes images of one version of an operating system: language, edition, sort.</summary>
/// <remarks>Read from the words of families, ids and names of public images, such as acs:win_2022_datacenter_x64_zh_uefi.</remarks>
internal sealed record ImageEdition
{
    // A sort that only some want; who wants it says so, or has a type that demands it.
    private static readonly (string Sort, string[] Marks)[] Sorts =
    [
        ("MLPS 2.0 level 3", ["dengbao", "dengbao2.0", "mlps"]),
        ("quick boot", ["qboot"]),
        ("container optimized", ["container"]),
        ("trusted", ["trust", "trusted", "secured", "tpm"]),
        ("Super Computing Cluster", ["scc"]),
        ("AMD", ["amd"]),
        ("without desktop", ["wincore", "without"]),
        ("UEFI", ["uefi"]),
    ];

    private static readonly string[] Kernels = ["anck", "rhck"];

    /// <summary>zh or en, of Windows.</summary>
    public string? Language { get; private init; }

    /// <summary>datacenter, enterprise or standard, of Windows.</summary>
    public string? Level { get; private init; }

    /// <summary>anck or rhck, of Anolis OS.</summary>
    public string? Kernel { get; private init; }

    /// <summary>What makes it special; empty for a plain one.</summary>
    public IReadOnlySet<string> Special { get; private init; } = new HashSet<string>();

    public static ImageEdition Of(EcsImage image) => image.ImageType is EcsImageType.Public
        ? Of($"{image.Family} {image.ImageId} {image.OSName}")
        // What others call their images says nothing; what the service says of the system does.
        : Of(image.OSName ?? "");

    public static ImageEdition Of(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '_', ':', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return new ImageEdition
        {
            Language = Has("zh-cn", "zh", "chinese") ? "zh" : Has("en-us", "en", "english") ? "en" : null,
            Level = Has("dtc", "datacenter") ? "datacenter" : Has("ent", "enterprise") ? "enterprise" : Has("std", "standard") ? "standard" : null,
            Kernel = Kernels.FirstOrDefault(words.Contains),
            Special = Sorts.Where(s => s.Marks.Any(words.Contains)).Select(static s => s.Sort).ToHashSet(StringComparer.Ordinal),
        };

        bool Has(params ReadOnlySpan<string> marks)
        {
            foreach (var mark in marks)
                if (words.Contains(mark)) return true;
            return false;
        }
    }

    /// <summary>A language in a word.</summary>
    public static string Word(string language) => language == "zh" ? "Chinese" : "English";

    /// <summary>What builds and point releases of one edition have in common.</summary>
    public string Key => $"{Language}/{Level}/{Kernel}/{string.Join('+', Special.Order(StringComparer.Ordinal))}";

    /// <summary>How far it is from an edition that is to be replaced; 0 is the same. Boot by UEFI is no matter of editions there.</summary>
    public int DistanceFrom(ImageEdition other)
    {
        var distance = 0;
        foreach (var sort in Special.Union(other.Special))
            if (sort != "UEFI" && Special.Contains(sort) != other.Special.Contains(sort)) distance += Special.Contains(sort) ? 2 : 1;
        if (Level is not null && other.Level is not null && Level != other.Level) distance++;
        if (Kernel is not null && other.Kernel is not null && Kernel != other.Kernel) distance++;
        return distance;
    }
}
