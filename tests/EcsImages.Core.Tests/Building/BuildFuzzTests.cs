using System.Diagnostics;
using System.Globalization;
using System.Text;
using EcsImages.Core.Building;
using EcsImages.Core.Contract;
using Xunit.Abstractions;

namespace EcsImages.Core.Tests.Building;

/// <summary>BUILD_FUZZ_ROUNDS sets how many texts are made (2,000; 100,000 for the long run), FUZZ_SEED repeats a run.</summary>
public sealed class BuildFuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\r", "\\\n", "\\", " \\ \r\n", "\"", "'", "=", " ", "\t", "#", "[", "]", ",", "\0", "\ud83d", "\udc00", "\uFEFF", "é", "构", "*", "--", "--a", ":", "/", "?", "://",
        "FROM ", "FROM IMAGE:m-1\n", "\nRESTART", "COMPONENT ", "ENV a=\"b\"", "[\"a\",", "\\u00", "Tasks:", "\nTasks:\n", "{", "run", "NONE", "a=\"b\"c=\"d\"", new('x', 300), new('\n', 150),
    ];

    private static readonly Dictionary<BuildContentUse, HashSet<string>> Codes = new()
    {
        [BuildContentUse.Template] = CodesOf("CreateImagePipeline"),
        [BuildContentUse.Test] = CodesOf("CreateImagePipeline"),
        [BuildContentUse.Component] = CodesOf("CreateImageComponent"),
    };

    [Fact]
    public void Whatever_is_read_is_placed_coded_and_read_again_alike()
    {
        var seed = Number("FUZZ_SEED") ?? Random.Shared.Next();
        output.WriteLine($"FUZZ_SEED={seed}");
        var random = new Random(seed);
        var (rounds, good, bad) = (Number("BUILD_FUZZ_ROUNDS") ?? 2_000, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var file = ImageFiles.Names[random.Next(ImageFiles.Names.Count)];
            var (text, use) = (Mutated(random, ImageFiles.Text(file)), random.Next(4) == 0 ? (BuildContentUse)random.Next(3) : ImageFiles.UseOf(file));
            try
            {
                var content = BuildContentReader.Read(text, use);
                AssertPlaces(text, use, content);
                AssertReadAgain(text, use, content);
                if (content.Problems.Count == 0) good++;
                else bad++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {round}, {use}: {e}\n{text}");
            }
        }
        output.WriteLine($"{good} good, {bad} bad");
        Assert.InRange(good, rounds / 100, rounds);
        Assert.InRange(bad, rounds / 100, rounds);
    }

    private static readonly Dictionary<string, string> Heavy = new()
    {
        ["quotes"] = Repeated("\"", "LABEL "),
        ["pairs that touch"] = Repeated("a=\"b\"", "LABEL "),
        ["quotes and letters"] = Repeated("\"\"aaaaaaa", "ENV a="),
        ["one word"] = Repeated("x", ""),
        ["words"] = Repeated("x ", "COMPONENT "),
        ["options"] = Repeated("--a ", "COMPONENT ic-1 "),
        ["colons"] = Repeated(":", "COMPONENT acs:ecs:a:b:imagecomponent/"),
        ["backslashes"] = Repeated("\\", "COPY "),
        ["continuations"] = Repeated("\\\n", "RUN "),
        ["pieces"] = Repeated("a=1 \\\n", "ENV "),
        ["blank lines"] = Repeated("\n", "RUN a \\\n"),
        ["blanks"] = Repeated(" ", "RUN a"),
        ["comments"] = Repeated("#\n", "RUN a \\\n"),
        ["arrays"] = Repeated("\"a\",", "CMD ["),
        ["escapes"] = Repeated("\\u0041", "CMD [\""),
        ["commands"] = Repeated("RESTART\n", ""),
        ["lines that are none"] = Repeated("xy\n", ""),
        ["NUL"] = Repeated("\0", ""),
        ["halves"] = Repeated("\ud800", "RUN "),
    };

    public static TheoryData<string> HeavyNames => [.. Heavy.Keys];

    [Theory]
    [MemberData(nameof(HeavyNames))]
    public void A_million_characters_take_time_by_their_number(string what)
    {
        var clock = Stopwatch.StartNew();

        var content = BuildContentReader.Read(Heavy[what], BuildContentUse.Template);

        // A reader that goes back for each character would take hours.
        Assert.True(clock.Elapsed < Limit, $"{what}: {clock.Elapsed}");
        Assert.Contains(content.Problems, static p => p.Code == "InvalidBuildContent.LengthExceeded");
    }

    private static void AssertPlaces(string text, BuildContentUse use, BuildContent content)
    {
        var lines = text[(text.StartsWith('\uFEFF') ? 1 : 0)..].Split('\n');
        foreach (var problem in content.Problems)
        {
            Assert.InRange(problem.Line, 1, lines.Length);
            Assert.InRange(problem.Column, 1, lines[problem.Line - 1].Length + 1);
            Assert.Contains(problem.Code, Codes[use]);
            Assert.DoesNotContain(problem.ToString(), char.IsControl);
            Assert.EndsWith(".", problem.Message);
            Assert.NotEmpty(problem.Remedy);
        }
        Assert.All(content.Commands, c => Assert.Equal(c.Keyword[0], char.ToUpperInvariant(lines[c.Line - 1][c.Column - 1])));
    }

    private static void AssertReadAgain(string text, BuildContentUse use, BuildContent content)
    {
        if (content.Problems.Count > 0 || content.IsYaml) return;
        var again = BuildContentReader.Read(string.Join('\n', content.Commands), use);
        Assert.Empty(again.Problems);
        Assert.Equal(content.Commands.Select(Parts), again.Commands.Select(Parts));
        // The other line end changes nothing.
        var other = BuildContentReader.Read(text.Contains("\r\n") ? text.Replace("\r\n", "\n") : text.Replace("\n", "\r\n"), use);
        if (other.Problems.Any(static p => p.Code.EndsWith("LengthExceeded", StringComparison.Ordinal))) return;
        Assert.Equal(content.Commands.Select(static c => (c.Line, c.Column, Parts(c))), other.Commands.Select(static c => (c.Line, c.Column, Parts(c))));
    }

    private static string Parts(BuildCommand command) => string.Join('|',
        [command.Keyword, command.Argument, .. command.Pairs.Select(static p => p.ToString()), .. command.Sources, command.Destination ?? "-", .. command.Exec ?? ["-"],
            command.Component?.ToString() ?? "-", .. command.Component?.Parameters.Select(static p => p.ToString()) ?? [], command.BaseImage?.ToString() ?? "-"]);

    private static string Mutated(Random random, string text)
    {
        for (var change = random.Next(4); change > 0; change--)
        {
            var at = random.Next(text.Length + 1);
            var cut = random.Next(3) == 0 ? 0 : random.Next(Math.Min(12, text.Length - at + 1));
            text = random.Next(5) switch
            {
                0 => text[..at] + text[(at + cut)..],
                1 => text[..at] + text[at..(at + cut)] + text[at..],
                2 => string.Join('\n', text.Split('\n').OrderBy(_ => random.Next())),
                _ => text[..at] + Pieces[random.Next(Pieces.Length)] + text[(at + (random.Next(2) == 0 ? cut : 0))..],
            };
        }
        return text;
    }

    private static string Repeated(string piece, string start) => new StringBuilder(start).Insert(start.Length, piece, 1_000_000 / piece.Length).ToString();

    private static HashSet<string> CodesOf(string operation) => [.. ApiContract.Ecs.Operations[operation].Errors.Select(static e => e.Code)];

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
