using System.Reflection;
using System.Text.RegularExpressions;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Tests.Architecture;

public sealed partial class CoreTests
{
    private static string Sources => typeof(CoreTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "CoreSources").Value!;

    private static IEnumerable<string> Files(string folder = "") =>
        Directory.EnumerateFiles(Path.Combine(Sources, folder), "*.cs", SearchOption.AllDirectories)
            .Where(static f => !Path.GetRelativePath(Sources, f).Split(Path.DirectorySeparatorChar).Any(static p => p is "obj" or "bin"));

    [Fact]
    public void Core_references_nothing_but_the_base_library() =>
        Assert.All(typeof(AcsClient).Assembly.GetReferencedAssemblies(), static a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    [Fact]
    public void Namespaces_follow_folders() => Assert.All(Files(), static file =>
    {
        var folder = Path.GetDirectoryName(Path.GetRelativePath(Sources, file))!.Replace(Path.DirectorySeparatorChar, '.');
        var expected = folder.Length == 0 ? "EcsImages.Core" : "EcsImages.Core." + folder;
        Assert.Equal(expected, Namespace().Match(File.ReadAllText(file)).Groups[1].Value);
    });

    [Fact]
    public void What_the_module_knows_of_images_does_no_input_or_output()
    {
        Assert.NotEmpty(Files("Images"));
        Assert.All(Files("Images"), static file => Assert.DoesNotMatch(InputOutput(), File.ReadAllText(file)));
        Assert.Matches(InputOutput(), "var x = File.ReadAllText(p);");
    }

    [Fact]
    public void The_build_language_is_read_without_input_or_output()
    {
        Assert.NotEmpty(Files("Building"));
        Assert.All(Files("Building"), static file => Assert.DoesNotMatch(InputOutput(), File.ReadAllText(file)));
    }

    [GeneratedRegex(@"^namespace (\S+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(System\.IO|System\.Net|File\.|Directory\.|FileStream|HttpClient|HttpMessageInvoker|Socket|AcsClient|Process\.|Environment\.|Console\.|DateTime(Offset)?\.(Utc)?Now)")]
    private static partial Regex InputOutput();
}
