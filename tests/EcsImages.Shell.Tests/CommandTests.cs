namespace EcsImages.Shell.Tests;

public sealed class CommandTests
{
    [Fact]
    public async Task A_command_writes_its_output_and_exits_with_0()
    {
        var run = await ShellProcess.RunAsync("-Command", "1 + 1; 'two'");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["2", "two"], run.Lines);
    }

    [Fact]
    public async Task All_words_after_Command_are_the_command() =>
        Assert.Equal(["3"], (await ShellProcess.RunAsync("-NoProfile", "-NonInteractive", "-c", "1", "+", "2")).Lines);

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'no'", 1)]
    [InlineData("1 +", 1)]
    [InlineData("Get-Command Get-NothingOfThatName", 1)]
    [InlineData("Get-Command Get-NothingOfThatName; 'went on'", 0)]
    public async Task The_exit_code_tells_how_the_command_ended(string command, int code) =>
        Assert.Equal(code, (await ShellProcess.RunAsync("-Command", command)).ExitCode);

    [Fact]
    public async Task Errors_go_to_standard_error_with_the_cmdlet_that_says_them()
    {
        var run = await ShellProcess.RunAsync("-Command", "Get-Command Get-NothingOfThatName; 'went on'");
        Assert.Equal(["went on"], run.Lines);
        Assert.StartsWith("Get-Command: ", run.Error);
        Assert.DoesNotContain('\e', run.Error);
    }

    [Fact]
    public async Task Tables_are_plain_text_where_output_is_redirected()
    {
        var run = await ShellProcess.RunAsync("-Command", "[pscustomobject]@{ Name = 'a'; Size = 1 }");
        Assert.Equal(["Name Size", "---- ----", "a       1"], run.Lines);
    }

    [Theory]
    [InlineData("Select-Object 1", "Select-Object")]
    [InlineData("'b', 'a' | sort-object", "Sort-Object")]
    [InlineData("Add-Type 'x'", "Add-Type")]
    public async Task A_missing_standard_cmdlet_is_named_as_what_it_is(string command, string cmdlet)
    {
        var run = await ShellProcess.RunAsync("-Command", command);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{cmdlet} is a standard cmdlet of PowerShell that this small shell does not have; run the script in pwsh", run.Error);
    }

    [Fact]
    public async Task A_command_that_nobody_has_stays_an_unknown_command()
    {
        var run = await ShellProcess.RunAsync("-Command", "Get-NothingOfThatName");
        Assert.Contains("'Get-NothingOfThatName' is not recognized", run.Error);
        Assert.DoesNotContain("standard cmdlet", run.Error);
    }

    [Fact]
    public async Task A_script_on_standard_input_runs()
    {
        var run = await ShellProcess.RunAsync([], "'from'\n'stdin'\nexit 3\n");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(["from", "stdin"], run.Lines);
    }

    [Fact]
    public async Task Command_with_a_dash_reads_standard_input() =>
        Assert.Equal(["6"], (await ShellProcess.RunAsync(["-Command", "-"], "2 * 3")).Lines);

    [Fact]
    public async Task An_unknown_switch_is_refused_with_64()
    {
        var run = await ShellProcess.RunAsync("-Bogus");
        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains("'-Bogus'", run.Error);
    }

    [Theory]
    [InlineData("$Host.UI.PromptForChoice('', 'Delete it?', @('&Yes', '&No'), 0)", "Delete it?")]
    [InlineData("$Host.UI.ReadLine()", "a line of input")]
    [InlineData("function Test-It { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() $PSCmdlet.ShouldProcess('m-1') }; Test-It", "m-1")]
    public async Task A_question_is_an_error_where_nobody_can_answer(string command, string question)
    {
        var run = await ShellProcess.RunAsync("-NonInteractive", "-Command", command);
        Assert.Contains("cannot ask", run.Error);
        Assert.Contains(question, run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_confirmation_that_cannot_be_asked_names_the_parameter_that_answers_it()
    {
        const string Function = "function Test-It { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() $PSCmdlet.ShouldProcess('m-1') }";
        Assert.Contains("-Confirm:$false", (await ShellProcess.RunAsync("-NonInteractive", "-c", $"{Function}; Test-It")).Error);
        Assert.Equal(["True"], (await ShellProcess.RunAsync("-NonInteractive", "-c", $"{Function}; Test-It -Confirm:$false")).Lines);
    }
}
