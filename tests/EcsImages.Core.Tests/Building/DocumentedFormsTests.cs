using System.Reflection;
using EcsImages.Core.Building;

namespace EcsImages.Core.Tests.Building;

public sealed class DocumentedFormsTests
{
    public static TheoryData<string> Files => [.. ImageFiles.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_the_documentation_shows_is_accepted_as_it_is(string file)
    {
        var content = BuildContentReader.Read(ImageFiles.Text(file), ImageFiles.UseOf(file));

        Assert.Empty(content.Problems);
        Assert.Equal(file.Contains("yaml"), content.IsYaml);
        Assert.Equal(content.IsYaml, content.Commands.Count == 0);
    }

    [Fact]
    public void Every_command_of_the_list_is_among_the_files()
    {
        var seen = ImageFiles.Names.SelectMany(static f => BuildContentReader.Read(ImageFiles.Text(f), ImageFiles.UseOf(f)).Commands).Select(static c => c.Keyword);

        Assert.Equal(BuildKeywords.All.Order(), seen.Distinct().Order());
    }

    [Fact]
    public void The_whole_list_of_template_commands_is_read_into_its_parts()
    {
        var commands = Reading.Read(ImageFiles.Text("template-all.imagefile")).Commands;

        Assert.Equal([2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18], commands.Select(static c => c.Line));
        Assert.All(commands, static c => Assert.Equal(1, c.Column));
        Assert.Equal("echo first;echo second;", commands[2].Argument);
        Assert.Equal([new BuildPair("region", "cn-hangzhou")], commands[3].Pairs);
        Assert.Equal([new BuildPair("lang", "en_US.UTF-8"), new BuildPair("editor", "vi")], commands[4].Pairs);
        Assert.Equal(["https://files.example.com/pkg/app.tar.gz"], commands[7].Sources);
        Assert.Equal("/srv/app", commands[7].Destination);
        Assert.Equal([new BuildPair("owner", "images"), new BuildPair("built", "2026-03-01"), new BuildPair("stage", "test")], commands[10].Pairs);
        Assert.Equal(["/usr/bin/nginx", "-g", "daemon off;"], commands[11].Exec);
        Assert.Null(commands[12].Exec);
        Assert.Equal("nginx -g daemon", commands[12].Argument);
    }

    [Fact]
    public void Every_example_of_the_page_reads_without_a_problem()
    {
        var sources = typeof(DocumentedFormsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "CoreSources").Value!;
        var page = File.ReadAllLines(Path.Combine(sources, "..", "..", "docs", "image-builder.md"));
        var keywords = BuildKeywords.All.ToHashSet();
        var seen = new HashSet<string>();
        var texts = 0;
        for (var at = 0; at < page.Length; at++)
        {
            if (!page[at].StartsWith("    ", StringComparison.Ordinal)) continue;
            var block = page.Skip(at).TakeWhile(static l => l.StartsWith("    ", StringComparison.Ordinal)).Select(static l => l[4..]).ToArray();
            at += block.Length;
            // Command lines and messages are blocks too.
            if (!keywords.Contains(block[0].TrimStart().Split(' ')[0]) && block[0] is not ("Parameters:" or "Tasks:") && !block[0].StartsWith('#')) continue;
            var content = Reading.Read(string.Join('\n', block), BuildContentUse.Template);
            Assert.Empty(content.Problems);
            seen.UnionWith(content.Commands.Select(static c => c.Keyword));
            texts++;
        }
        Assert.Equal(keywords.Order(), seen.Order());
        Assert.InRange(texts, 3, int.MaxValue);
    }
}
