using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EcsImages.PowerShell.Tests;

/// <summary>Who refers to whom, as the staged files say it.</summary>
public sealed class ArrowTests
{
    [Theory]
    [InlineData("EcsImages.Core.dll", new string[0])]
    [InlineData("EcsImages.PowerShell.dll", new[] { "EcsImages.Core", "System.Management.Automation" })]
    [InlineData("local/EcsImages.Local.dll", new[] { "EcsImages.Core", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "SQLitePCLRaw.batteries_v2", "ZstdSharp" })]
    public void What_loads_refers_to_nothing_else(string file, string[] allowed)
    {
        using var pe = new PEReader(File.OpenRead(Path.Combine(Path.GetDirectoryName(StagedModule.Manifest)!, file)));
        var metadata = pe.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)).ToArray();
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.DoesNotContain(references, r => !allowed.Contains(r) && !File.Exists(Path.Combine(framework, r + ".dll")));
    }

    [Fact]
    public void The_module_folder_holds_no_third_party_assembly_that_PowerShell_could_find()
    {
        var beside = Directory.GetFiles(Path.GetDirectoryName(StagedModule.Manifest)!, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["EcsImages.Core.dll", "EcsImages.PowerShell.dll"], beside);
    }

    [Fact]
    public void SQLite_is_not_loaded_until_the_embedded_endpoint_is_used()
    {
        using var shell = new TestShell(connect: false);
        var before = AppDomain.CurrentDomain.GetAssemblies().Count(static a => a.GetName().Name == "Microsoft.Data.Sqlite");
        shell.Run("Get-Command -Module EcsImage");
        Assert.Equal(before, AppDomain.CurrentDomain.GetAssemblies().Count(static a => a.GetName().Name == "Microsoft.Data.Sqlite"));
    }
}
