namespace EcsImages.Core.Disks.Inspection.Systems;

/// <summary>The names that ImportImage has for systems (rules.md 45), by the ID of os-release and, where that could not be read, by folders of loaders.</summary>
internal static class Platforms
{
    /// <summary>Null where the service has no name of its own for it.</summary>
    public static string? Of(OSRelease release) => release.Id switch
    {
        "centos" => IsStream(release) ? "CentOS Stream" : "CentOS",
        "fedora" => release.Variant == "coreos" ? "Fedora CoreOS" : "Fedora",
        var id => Of(id),
    };

    private static string? Of(string id) => id switch
    {
        "alinux" or "aliyun" => "Aliyun",
        "anolis" => "Anolis",
        "ubuntu" => "Ubuntu",
        "debian" => "Debian",
        "rhel" => "RedHat",
        "rocky" => "Rocky Linux",
        "almalinux" => "AlmaLinux",
        "sles" or "sles_sap" or "sle-micro" or "suse" => "SUSE",
        "coreos" => "CoreOS",
        "kylin" => "Kylin",
        "uos" or "uos-server" => "UOS",
        "gentoo" => "Gentoo",
        _ => id.StartsWith("opensuse", StringComparison.Ordinal) ? "OpenSUSE" : null,
    };

    /// <summary>The ID of os-release that a system has whose loader lies in a folder of that name under EFI; null where several do, or none is known.</summary>
    public static string? IdOfVendor(string folder)
    {
#pragma warning disable CA1308 // os-release has its IDs in lower case.
        var name = folder.ToLowerInvariant();
#pragma warning restore CA1308
        return name switch
        {
            "redhat" => "rhel",
            "rocky" or "almalinux" or "ubuntu" or "debian" or "centos" or "fedora" or "anolis" or "alinux" or "kylin" or "uos" => name,
            "opensuse" => "opensuse",
            _ => null,
        };
    }

    // CentOS 8 Stream calls itself so; from 9 on there is nothing else.
    private static bool IsStream(OSRelease release) =>
        release.Name.Contains("Stream", StringComparison.OrdinalIgnoreCase) || (int.TryParse(release.Version.Split('.')[0], out var major) && major >= 9);
}
