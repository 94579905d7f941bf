using System.Text.RegularExpressions;

namespace EcsImages.PowerShell.Tests;

/// <summary>README.md, as someone reads it who has a key and nothing else.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void The_lines_that_connect_need_nothing_but_a_key()
    {
        using var service = new FakeService(static r => FakeReply.Page(r, 1));
        using var home = new EmptyHome(("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIenv"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret"));
        using var shell = new TestShell(connect: false);
        shell.Run("$key = [pscredential]::new('LTAIkey', [Net.NetworkCredential]::new('', 'secret').SecurePassword)");
        var lines = Text().Split('\n').Select(static l => l.Trim().Split('#')[0].Trim())
            .Where(static l => l.StartsWith("Connect-EcsAccount", StringComparison.Ordinal) && !l.Contains("-ProfileName", StringComparison.Ordinal) && !l.Contains("-Local", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, lines.Length);
        foreach (var line in lines)
        {
            var here = line.Contains("-Endpoint", StringComparison.Ordinal) ? line.Replace("http://127.0.0.1:8801", service.Endpoint, StringComparison.Ordinal) : $"{line} -Endpoint {service.Endpoint}";
            Assert.Equal("cn-hangzhou", (string)shell.Run(here)[0].RegionId);
        }
        var error = shell.Error($"Connect-EcsAccount -Credential $key -Endpoint {service.Endpoint}");
        Assert.Equal("NoRegion", error.Code());
        Assert.Contains("`ALIBABA_CLOUD_REGION_ID`", Text(), StringComparison.Ordinal);
        Assert.Contains("ALIBABA_CLOUD_REGION_ID", string.Join(' ', HelpPages.All["Connect-EcsAccount"].At("description").Select(static d => d.Text("Text"))), StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_no_cmdlet_that_there_is_not_but_those_that_it_says_are_missing()
    {
        var parts = Text().Split("## What is not there yet");
        string[] missing = [.. Cmdlet().Matches(parts[1]).Select(static m => m.Value).Distinct(StringComparer.Ordinal)];
        string[] there = [.. ConventionCmdlets.All.Select(static c => c.Name)];
        Assert.Equal(["Get-EcsImageLineage", "Limit-EcsImage", "New-EcsImageReport", "Sync-EcsImage"], missing.Except(there).Order(StringComparer.Ordinal));
        Assert.Empty(Cmdlet().Matches(parts[0]).Select(static m => m.Value).Except(there));
    }

    private static string Text() => File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");

    [GeneratedRegex(@"\b[A-Z][a-z]+-Ecs[A-Za-z]+")]
    private static partial Regex Cmdlet();
}
