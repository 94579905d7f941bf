using System.Diagnostics;
using System.Management.Automation;
using System.Reflection;

namespace EcsImages.PowerShell.Tests;

public sealed class HelpTests
{
    [Fact]
    public void Every_cmdlet_has_a_synopsis_and_a_description_in_sentences() => ConventionCmdlets.Hold(HelpPages.All
        .Where(static p => !p.Value.Text("Synopsis").EndsWith('.') || !Paragraphs(p.Value, "description").StartsWith(p.Value.Text("Synopsis"), StringComparison.Ordinal))
        .Select(static p => $"{p.Key}: {p.Value.Text("Synopsis")}"));

    [Fact]
    public void Every_parameter_is_described_as_it_is() => ConventionCmdlets.Hold(ConventionCmdlets.All.SelectMany(static cmdlet =>
    {
        var described = HelpPages.All[cmdlet.Name].At("parameters", "parameter").ToDictionary(static p => p.Text("name"), StringComparer.Ordinal);
        var wrong = cmdlet.Visible().Where(p => !described.ContainsKey(p.Name)).Select(p => $"{cmdlet.Name} -{p.Name}: no help.").ToList();
        foreach (var (name, help) in described)
        {
            var parameter = cmdlet.Parameters[name];
            var sets = parameter.ParameterSets.Values;
            void Check(string what, string said, string is_)
            {
                if (!string.Equals(said, is_, StringComparison.OrdinalIgnoreCase)) wrong.Add($"{cmdlet.Name} -{name}: {what} '{said}', not '{is_}'.");
            }
            if (!Paragraphs(help, "description").EndsWith('.')) wrong.Add($"{cmdlet.Name} -{name}: no sentence '{Paragraphs(help, "description")}'.");
            Check("type", help.At("type")[0].Text("name"), (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType).Name);
            Check("aliases", help.Text("aliases"), parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases.Order(StringComparer.Ordinal)));
            Check("required", help.Text("required"), sets.All(static s => s.IsMandatory).ToString());
            Check("position", help.Text("position"), sets.Max(static s => s.Position) is >= 0 and var position ? $"{position}" : "named");
            Check("pipeline input", help.Text("pipelineInput").Split(' ')[0], parameter.Binds().ToString());
        }
        return wrong;
    }));

    [Fact]
    public void The_hidden_account_of_piped_objects_is_not_shown() =>
        Assert.DoesNotContain(HelpPages.All.Values.SelectMany(static p => p.At("parameters", "parameter")), static p => p.Text("name") == "ContextAccountId");

    [Fact]
    public void Every_parameter_set_has_its_syntax() => ConventionCmdlets.Hold(ConventionCmdlets.All.SelectMany(static cmdlet =>
    {
        var shown = HelpPages.All[cmdlet.Name].At("syntax", "syntaxItem").Select(static s => Sorted(s.At("parameter").Select(static p => p.Text("name"))));
        return cmdlet.ParameterSets.Select(s => Sorted(s.Parameters.Where(static p => !p.Attributes.OfType<ParameterAttribute>().Any(static a => a.DontShow))
            .Select(static p => p.Name).Except(Cmdlet.CommonParameters))).Except(shown).Select(s => $"{cmdlet.Name}: no syntax {s}.");
        static string Sorted(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));
    }));

    [Fact]
    public void The_notes_name_every_operation_that_may_be_called() => ConventionCmdlets.Hold(ConventionCmdlets.All.SelectMany(static cmdlet =>
    {
        var notes = string.Join(' ', HelpPages.All[cmdlet.Name].At("alertSet", "alert").Select(static a => a.Text("Text")));
        return cmdlet.Calls()!.Where(o => !notes.Contains(o, StringComparison.Ordinal)).Select(o => $"{cmdlet.Name}: the notes do not name {o}: {notes}");
    }));

    [Fact]
    public void Inputs_and_outputs_are_named_and_outputs_are_described() => ConventionCmdlets.Hold(HelpPages.All.SelectMany(static page =>
    {
        var outputs = page.Value.At("returnValues", "returnValue");
        var types = ConventionCmdlets.All.Single(c => c.Name == page.Key).OutputType.Select(static o => o.Name).DefaultIfEmpty("None");
        return types.Except(outputs.Select(static o => o.At("type")[0].Text("name"))).Select(t => $"{page.Key}: the output {t} is not named.")
            .Concat(outputs.Where(static o => Paragraphs(o, "description").Length == 0).Select(_ => $"{page.Key}: an output is not described."))
            .Concat(page.Value.At("inputTypes", "inputType").Count == 0 ? [$"{page.Key}: no inputs."] : []);
    }));

    [Fact]
    public async Task The_pages_in_docs_are_those_of_the_build()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"ecsimage-pages-{Guid.NewGuid():N}");
        try
        {
            using var generator = Process.Start(new ProcessStartInfo("dotnet", [Metadata("HelpGenerator"), Metadata("BuiltModule"), "--markdown", folder]) { RedirectStandardOutput = true })!;
            Assert.Equal("", await generator.StandardOutput.ReadToEndAsync());
            await generator.WaitForExitAsync();
            Assert.Equal(0, generator.ExitCode);
            var docs = Path.Combine(StagedModule.RepositoryRoot, "docs", "cmdlets");
            var (fresh, kept) = (Pages(folder), Pages(docs));
            Assert.NotEmpty(fresh);
            ConventionCmdlets.Hold(fresh.Keys.Union(kept.Keys).Where(name => fresh.GetValueOrDefault(name) != kept.GetValueOrDefault(name))
                .Select(static name => $"docs/cmdlets/{name} is not what the documentation comments say; ./build.ps1 -Task Help writes it anew."));
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> Pages(string folder) =>
        Directory.EnumerateFiles(folder).ToDictionary(static f => Path.GetFileName(f), static f => File.ReadAllText(f).ReplaceLineEndings("\n"), StringComparer.Ordinal);

    private static string Paragraphs(PSObject node, string name) => string.Join(' ', node.At(name).Select(static d => d.Text("Text")));

    private static string Metadata(string key) => typeof(HelpTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
