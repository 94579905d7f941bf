using System.Management.Automation;
using System.Management.Automation.Language;

namespace EcsImages.PowerShell.Tests;

public sealed class HelpExampleTests
{
    // What needs an account of Alibaba Cloud, a profile file or a person.
    private static readonly string[] NotOffline = ["Connect-EcsAccount, example 1", "Connect-EcsAccount, example 2", "Connect-EcsAccount, example 3"];

    public static TheoryData<string> Runnable => [.. HelpPages.Examples.Select(static e => e.ToString()).Except(NotOffline)];

    [Fact]
    public void Every_cmdlet_has_an_example_that_uses_it_and_says_what_it_does() => ConventionCmdlets.Hold(ConventionCmdlets.All
        .Where(static c => !HelpPages.Examples.Any(e => e.Cmdlet == c.Name)).Select(static c => $"{c.Name}: no example.")
        .Concat(HelpPages.Examples.Where(static e => !Commands(e.Code).Contains(e.Cmdlet)).Select(static e => $"{e}: does not use it."))
        .Concat(HelpPages.Examples.Where(static e => !e.Remarks.EndsWith('.')).Select(static e => $"{e}: no remark.")));

    [Fact]
    public void Every_example_parses() => ConventionCmdlets.Hold(HelpPages.Examples.SelectMany(static e =>
    {
        Parser.ParseInput(e.Code, out _, out var errors);
        return errors.Select(error => $"{e}: {error.Message}");
    }));

    [Fact]
    public void Every_example_writes_parameters_in_full_that_there_are() => ConventionCmdlets.Hold(
        from example in HelpPages.Examples
        from command in Parsed(example.Code)
        let cmdlet = ConventionCmdlets.All.SingleOrDefault(c => c.Name == command.GetCommandName())
        where cmdlet is not null
        from parameter in command.CommandElements.OfType<CommandParameterAst>()
        where !cmdlet.Parameters.ContainsKey(parameter.ParameterName) && !OfOperation(command, cmdlet).Contains(parameter.ParameterName)
        select $"{example}: {cmdlet.Name} has no -{parameter.ParameterName}.");

    [Fact]
    public void Only_examples_that_there_are_stay_unrun() => Assert.Empty(NotOffline.Except(HelpPages.Examples.Select(static e => e.ToString())));

    /// <summary>It succeeds, it does what its cmdlet is for, and it calls nothing that [Calls] does not name.</summary>
    [Theory]
    [MemberData(nameof(Runnable))]
    public void An_example_runs_on_the_embedded_endpoint(string name)
    {
        var example = HelpPages.Examples.Single(e => e.ToString() == name);
        var cmdlet = ConventionCmdlets.All.Single(c => c.Name == example.Cmdlet);
        using var home = new EmptyHome();
        var shown = example.Code.Contains("-WhatIf", StringComparison.Ordinal);
        using var shell = HelpWorld.Open(example, changes: cmdlet.Parameters.ContainsKey("WhatIf") && !shown || example.Cmdlet is "Wait-EcsImage" or "Wait-EcsTask" or "Wait-EcsImagePipelineExecution" or "Wait-EcsImageUpdate" or "Get-EcsImageUpdate");
        var run = shell.Try($"$ConfirmPreference = 'None'; $VerbosePreference = 'Continue'; {example.Code}");
        Assert.True(run.Errors.Count == 0 && run.Terminating is null, $"{example.Code}\n{run.Terminating}\n{string.Join('\n', run.Errors)}");

        var called = run.Verbose.Where(static v => v.Contains(", RequestId ", StringComparison.Ordinal)).Select(static v => v.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        if (cmdlet.Calls() is [ConventionCmdlets.AnyOperation])
        {
            Assert.Equal(shown || example.Code.Contains("-ShowParameter", StringComparison.Ordinal) ? [] : [example.Code.Split(' ')[1]], called);
            if (!shown) Assert.NotEmpty(run.Output);
            return;
        }
        var allowed = Commands(example.Code).SelectMany(static n => ConventionCmdlets.All.SingleOrDefault(c => c.Name == n)?.Calls() ?? []).Select(Operation).ToArray();
        Assert.Empty(called.Except(allowed));

        var changes = cmdlet.Calls()!.Select(Operation).Where(static o => !o.StartsWith("Describe", StringComparison.Ordinal)).ToArray();
        if (shown) Assert.Contains(shell.Host.Lines, static l => l.StartsWith("What if: ", StringComparison.Ordinal));
        else if (cmdlet.Parameters.ContainsKey("WhatIf") && cmdlet.Calls()!.Count > 0) Assert.Contains(changes, called.Contains);
        // A passed dry run writes nothing; nor does what ends something.
        if (!shown && cmdlet.Verb != "Remove" && cmdlet.OutputType.Count > 0 && !example.Code.Contains("-DryRun", StringComparison.Ordinal)) Assert.NotEmpty(run.Output);
    }

    // Parameters that a cmdlet has because of the operation that is named.
    private static IReadOnlyCollection<string> OfOperation(CommandAst command, CmdletInfo cmdlet)
    {
        if (cmdlet.Calls() is not [ConventionCmdlets.AnyOperation]) return [];
        using var shell = new TestShell(connect: false);
        var named = (CmdletInfo)((PSObject)shell.Run($"Get-Command {cmdlet.Name} -ArgumentList {command.CommandElements[1]}")[0]).BaseObject;
        return [.. named.Parameters.Keys];
    }

    private static string Operation(string call) => call[(call.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static IEnumerable<string> Commands(string code) => Parsed(code).Select(static c => c.GetCommandName()).OfType<string>();

    private static IEnumerable<CommandAst> Parsed(string code) =>
        Parser.ParseInput(code, out _, out _).FindAll(static a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>();
}
