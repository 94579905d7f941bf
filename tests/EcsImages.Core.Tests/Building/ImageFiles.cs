using System.Reflection;
using EcsImages.Core.Building;

namespace EcsImages.Core.Tests.Building;

/// <summary>Build texts in the forms that the documentation shows: template-, component- and test-*.imagefile.</summary>
internal static class ImageFiles
{
    private const string Folder = "building/";

    public static IReadOnlyList<string> Names { get; } =
        [.. Own.GetManifestResourceNames().Where(static n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(static n => n[Folder.Length..]).Order(StringComparer.Ordinal)];

    private static Assembly Own => typeof(ImageFiles).Assembly;

    public static BuildContentUse UseOf(string name) => Enum.Parse<BuildContentUse>(name[..name.IndexOf('-')], ignoreCase: true);

    public static string Text(string name)
    {
        using var reader = new StreamReader(Own.GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd();
    }
}
