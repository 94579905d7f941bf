using System.Management.Automation;
using System.Reflection;
using System.Text.Json;

namespace EcsImages.PowerShell.Tests;

public sealed class ConventionsOfCmdletsTests
{
    private static readonly string[] ChangingVerbs = ["New", "Copy", "Set", "Add", "Remove", "Start", "Stop", "Publish", "Unpublish", "Import", "Export", "Update", "Sync", "Limit", "Invoke", "Request"];
    private static readonly string[] AskingVerbs = ["Remove", "Publish"];

    // A tag that was removed can be put back; nothing is lost with it.
    private static readonly string[] RemoveWithoutLoss = ["Remove-EcsImageTag"];

    // Sent as a dry run only, which a test of its own holds it to.
    private static readonly string[] OnlyTried = ["Test-EcsImageCompatibility: ecs:RunInstances."];

    [Fact]
    public void What_the_manifest_exports_is_what_the_assembly_has()
    {
        var assembly = ConventionCmdlets.All[0].ImplementingType.Assembly;
        var written = assembly.GetTypes().Where(static t => !t.IsAbstract).Select(static t => t.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>().Select(static c => $"{c.VerbName}-{c.NounName}").Order(StringComparer.Ordinal);
        using var shell = new TestShell(connect: false);
        var named = shell.Run("(Get-Module EcsImage).ExportedCmdlets.Keys").Select(static k => (string)k.ToString()).Order(StringComparer.Ordinal);
        Assert.Equal(written, named);
        Assert.NotEmpty(named);
    }

    [Fact]
    public void Every_verb_is_approved()
    {
        var approved = new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity) }
            .SelectMany(static t => t.GetFields()).Select(static f => (string)f.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);
        ConventionCmdlets.Hold(ConventionCmdlets.All.Where(c => !approved.Contains(c.Verb)).Select(static c => $"{c.Name}: {c.Verb} is no approved verb."));
    }

    [Fact]
    public void Every_noun_starts_with_Ecs_and_is_singular() => ConventionCmdlets.Hold(ConventionCmdlets.All
        .Where(static c => !c.Noun.StartsWith("Ecs", StringComparison.Ordinal) || (c.Noun.EndsWith('s') && !c.Noun.EndsWith("ss", StringComparison.Ordinal)))
        .Select(static c => $"{c.Name}: the noun {c.Noun}."));

    [Fact]
    public void What_a_cmdlet_writes_is_declared_and_exists()
    {
        ConventionCmdlets.Hold(ConventionCmdlets.All.SelectMany(static c => c.OutputType.Where(static o => o.Type is null).Select(o => $"{c.Name}: no type {o.Name}.")));
        // Only what ends something writes nothing: there is nothing left to write.
        ConventionCmdlets.Hold(ConventionCmdlets.All.Where(static c => c.OutputType.Count == 0 && c.Verb is not ("Remove" or "Stop"))
            .Select(static c => $"{c.Name}: no [OutputType]."));
    }

    [Fact]
    public void The_operations_that_a_cmdlet_may_call_are_declared_and_stand_in_the_contract()
    {
        var contract = Directory.EnumerateFiles(Path.Combine(StagedModule.RepositoryRoot, "contract"), "*.json").SelectMany(static file =>
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var product = json.RootElement.GetProperty("product").GetString()!.ToLowerInvariant();
            return json.RootElement.GetProperty("operations").EnumerateArray().Select(o => $"{product}:{o.GetProperty("name").GetString()}").ToArray();
        }).ToHashSet(StringComparer.Ordinal);
        // OSS has no contract; what the endpoint does of it stands in its page, a row each.
        var page = File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "docs", "coverage.md"));
        contract.UnionWith(page[page.IndexOf("## oss", StringComparison.Ordinal)..].Split('\n').Where(static l => l.StartsWith("| ", StringComparison.Ordinal)).Select(static l => $"oss:{l.Split('|')[1].Trim()}"));
        ConventionCmdlets.Hold(ConventionCmdlets.All.Where(static c => c.Calls() is null).Select(static c => $"{c.Name}: no [Calls]."));
        ConventionCmdlets.Hold(ConventionCmdlets.All.SelectMany(c => c.Calls()!.Where(o => o != ConventionCmdlets.AnyOperation && !contract.Contains(o)).Select(o => $"{c.Name}: {o} is not in the contract.")));
    }

    [Fact]
    public void What_changes_something_has_WhatIf_and_Confirm_and_what_only_reads_has_not() => ConventionCmdlets.Hold(ConventionCmdlets.ThatCallAnApi
        .Where(static c => ChangingVerbs.Contains(c.Verb) != Attribute(c).SupportsShouldProcess)
        .Select(static c => $"{c.Name}: SupportsShouldProcess is {Attribute(c).SupportsShouldProcess}."));

    [Fact]
    public void A_cmdlet_that_calls_operations_which_change_something_has_WhatIf_and_Confirm() => ConventionCmdlets.Hold(ConventionCmdlets.ThatCallAnApi
        .Where(static c => !Attribute(c).SupportsShouldProcess).SelectMany(static c => c.Calls()!
            .Where(static o => !o.Contains(":Describe", StringComparison.Ordinal) && !o.Contains(":Get", StringComparison.Ordinal) && !o.Contains(":List", StringComparison.Ordinal) && o is not ("sts:AssumeRole" or "sts:AssumeRoleWithOIDC"))
            .Select(o => $"{c.Name}: {o}.")).Except(OnlyTried));

    [Fact]
    public void What_destroys_or_gives_away_asks() => ConventionCmdlets.Hold(ConventionCmdlets.All
        .Where(static c => AskingVerbs.Contains(c.Verb) && !RemoveWithoutLoss.Contains(c.Name) && Attribute(c).ConfirmImpact != ConfirmImpact.High)
        .Select(static c => $"{c.Name}: ConfirmImpact is {Attribute(c).ConfirmImpact}."));

    private static CmdletAttribute Attribute(CmdletInfo cmdlet) => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!;
}
