namespace EcsImages.Shell.Tests;

public sealed class ModuleTests
{
    private static readonly string[] Runtimes =
        ["linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"];

    [Fact]
    public async Task The_module_is_the_staged_one_in_the_version_of_the_build()
    {
        var run = await ShellProcess.RunAsync("-c", "$m = Get-Module EcsImage; $m.ModuleBase; $m.Version.ToString(); $m.ExportedCommands.Count -gt 0");
        Assert.Equal([StagedModule(), typeof(ModuleTests).Assembly.GetName().Version!.ToString(3), "True"], run.Lines);
    }

    [Fact]
    public async Task The_views_are_there_after_an_import_with_Force()
    {
        var run = await ShellProcess.RunAsync("-c", "$m = \"$((Get-Module EcsImage).ModuleBase)/EcsImage.psd1\"; Import-Module $m -Force; Import-Module $m -Force; Get-EcsOSLifecycle Ubuntu 24.04");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"OS +Version +Phase", run.Output);
    }

    [Fact]
    public async Task A_module_that_is_not_there_is_an_error_that_names_it()
    {
        var run = await ShellProcess.RunAsync(["-c", "1"], "", module: Path.Combine(Path.GetTempPath(), "no-such-module", "EcsImage.psd1"));
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("no-such-module", run.Error);
    }

    [Fact]
    public void What_is_private_lies_in_a_folder_of_its_own_with_the_platforms_of_PowerShell_and_one_Core()
    {
        var local = Path.Combine(StagedModule(), "local");
        Assert.Equal(Runtimes, Directory.GetDirectories(Path.Combine(local, "runtimes")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(local, "EcsImages.Local.dll")));
        Assert.Empty(Directory.GetFiles(local, "EcsImages.Core.*"));
        Assert.Empty(Directory.GetFiles(StagedModule(), "*Sqlite*"));
    }

    private static string StagedModule()
    {
        for (var folder = Path.GetDirectoryName(ShellProcess.Assembly); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var staged = Path.Combine(folder, "out", "EcsImage");
            if (Directory.Exists(staged)) return staged;
        }

        throw new DirectoryNotFoundException($"No out/EcsImage above {ShellProcess.Assembly}.");
    }
}
