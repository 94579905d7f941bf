namespace EcsImages.Shell.Tests;

public sealed class ScriptFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecsimage-shell-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Arguments_bind_to_the_parameters_of_the_script()
    {
        var script = Script("param([string]$Name, [int]$Count, [switch]$On, [switch]$Off)\n\"$Name $Count $On $Off [$($args -join ',')]\"");
        Assert.Equal(["x 3 True False [rest]"],
            (await ShellProcess.RunAsync("-File", script, "-Name", "x", "-On", "-Count", "3", "-Off:$false", "rest")).Lines);
    }

    [Fact]
    public async Task A_script_without_parameters_finds_its_arguments_in_args() =>
        Assert.Equal(["3|-x|a b|5"], (await ShellProcess.RunAsync(Script("\"$($args.Count)|$($args -join '|')\""), "-x", "a b", "5")).Lines);

    [Fact]
    public async Task A_relative_path_is_that_of_the_current_folder_and_PSScriptRoot_that_of_the_script()
    {
        Script("$PSScriptRoot");
        var run = await ShellProcess.RunAsync(["-File", "script.ps1"], "", _folder);
        // The system's temporary folder may itself be a link, so the name is what counts.
        Assert.EndsWith(Path.GetFileName(_folder), Assert.Single(run.Lines));
    }

    [Theory]
    [InlineData("'done'", 0)]
    [InlineData("Get-Command Get-NothingOfThatName", 0)]
    [InlineData("throw 'no'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Command Get-NothingOfThatName", 1)]
    [InlineData("'before'; exit 7; 'after'", 7)]
    [InlineData("function Stop-It { exit 9 }; Stop-It", 9)]
    public async Task The_exit_code_is_that_of_the_script(string text, int code)
    {
        var run = await ShellProcess.RunAsync("-File", Script(text));
        Assert.Equal(code, run.ExitCode);
        Assert.DoesNotContain("after", run.Output);
    }

    [Fact]
    public async Task An_error_tells_the_line_of_the_script()
    {
        var script = Script("'one'\nGet-Command Get-NothingOfThatName");
        Assert.Contains($"{script}:2: Get-Command Get-NothingOfThatName", (await ShellProcess.RunAsync("-File", script)).Error);
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_refused_with_64()
    {
        var run = await ShellProcess.RunAsync("-File", Path.Combine(_folder, "none.ps1"));
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("none.ps1", run.Error);
    }

    private string Script(string text)
    {
        var path = Path.Combine(_folder, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
