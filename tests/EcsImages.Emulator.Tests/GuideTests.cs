using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using EcsImages.Emulator.Control;

namespace EcsImages.Emulator.Tests;

/// <summary>What is said at the start, and that docs/emulator.md says the same; with ECSIMAGE_WRITE_DOCS=1 these parts of it are written anew.</summary>
public sealed class GuideTests
{
    private const string Anew = "docs/emulator.md is not what the emulator says; ./build.ps1 -Task Docs (or the tests of this project with ECSIMAGE_WRITE_DOCS=1) writes these parts of it anew.";

    [Fact]
    public void The_page_has_the_lines_to_paste_that_the_emulator_prints() => Hold("clients", string.Concat(
        ClientSnippets.For(new Uri("http://127.0.0.1:8801"), EmulatorOptions.DefaultKey, "emulator-ca.pem")
            .Select(static s => $"\n{s.Client}:\n\n```{s.Language}\n{s.Lines.ReplaceLineEndings("\n")}\n```\n")));

    [Fact]
    public void The_page_has_the_options_that_help_lists() => Hold("options", $"\n```text\n{EmulatorArguments.Usage.ReplaceLineEndings("\n")}\n```\n");

    [Fact]
    public void Every_line_to_paste_is_said_at_the_start_with_the_address_and_the_key()
    {
        var options = new EmulatorOptions { Path = "state" };
        var address = new Uri("http://127.0.0.1:4711");
        var said = ClientGuide.For(address, options);
        foreach (var snippet in ClientSnippets.For(address, EmulatorOptions.DefaultKey, Path.Combine("state", "emulator-ca.pem")))
        {
            Assert.Contains($"\n{snippet.Client}\n", said, StringComparison.Ordinal);
            foreach (var line in snippet.Lines.ReplaceLineEndings("\n").Split('\n')) Assert.Contains($"\n  {line}\n", said, StringComparison.Ordinal);
            Assert.Contains("4711", snippet.Lines, StringComparison.Ordinal);
        }
        string[] clients = ["Node", "Python", "Java", "Go", "aliyun", "Terraform", "Packer", "ossutil 1", "ossutil 2", "ali-oss", "curl", "This module"];
        Assert.All(clients, c => Assert.Contains(c, said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_that_someone_chose_is_not_said()
    {
        var options = new EmulatorOptions { Path = "state", AccessKeys = [new AccessKey("LTAImine", "chosenSecret", "mine")] };
        var said = ClientGuide.For(new Uri("http://127.0.0.1:4711"), options);
        Assert.Contains("LTAImine", said, StringComparison.Ordinal);
        Assert.DoesNotContain("chosenSecret", said, StringComparison.Ordinal);
        Assert.DoesNotContain(EmulatorOptions.DefaultKey.Secret, said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_protects_it_is_said_where_other_machines_reach_it()
    {
        var address = new Uri("http://192.0.2.7:4711");
        var bare = new EmulatorOptions { Path = "state", Address = IPAddress.Parse("192.0.2.7") };
        Assert.Contains("this one is public", ClientGuide.For(address, bare), StringComparison.Ordinal);
        Assert.Contains($"{ControlAccess.Variable} is not set", ClientGuide.For(address, bare), StringComparison.Ordinal);
        var guarded = ClientGuide.For(address, bare with { AccessKeys = [new AccessKey("LTAImine", "chosenSecret", "mine")], Control = new ControlAccess("chosenToken") });
        Assert.DoesNotContain("this one is public", guarded, StringComparison.Ordinal);
        Assert.Contains(ControlAccess.Header, guarded, StringComparison.Ordinal);
        Assert.DoesNotContain("chosen", guarded, StringComparison.Ordinal);
        Assert.DoesNotContain("Other machines", ClientGuide.For(address, bare with { Address = IPAddress.Loopback }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_names_all_that_one_can_ask_of_the_emulator_itself()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var http = new HttpClient { BaseAddress = emulator.Address };
        var unknown = await http.GetAsync(ControlFront.Root + "/nothing");
        using var reply = JsonDocument.Parse(await unknown.Content.ReadAsStringAsync());
        var listed = reply.RootElement.GetProperty("error").GetString()!.Split("There are: ")[1].TrimEnd('.').Split(", ").Select(static w => w.Split(' ')[^1]).ToArray();
        Assert.Contains("health", listed);
        var page = await File.ReadAllTextAsync(Page);
        Assert.All(listed, name => Assert.Contains($"{ControlFront.Root}/{name}", page, StringComparison.Ordinal));
        foreach (var kind in Enum.GetNames<FaultKind>()) Assert.Contains($"\n| {kind} |", page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static void Hold(string part, string text)
    {
        var page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        var (start, end) = ($"<!-- {part} -->\n", $"<!-- /{part} -->");
        var from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = page.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= start.Length && to >= from, $"docs/emulator.md has no part {start}");
        if (Environment.GetEnvironmentVariable("ECSIMAGE_WRITE_DOCS") == "1") File.WriteAllText(Page, page[..from] + text + "\n" + page[to..], new UTF8Encoding(false));
        else Assert.True(page[from..to] == text + "\n", $"{Anew}\nIt has:\n{page[from..to]}\nThe emulator says:\n{text}");
    }

    private static string Page => Path.Combine(
        typeof(GuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!, "docs", "emulator.md");
}
