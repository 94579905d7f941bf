using System.Reflection;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;

namespace EcsImages.Local.Tests.Coverage;

/// <summary>Collections that are not parallel run after all others: by then, every call of this assembly was seen.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AfterAllOthers
{
    public const string Name = "After all others";
}

/// <summary>Holds docs/coverage.md to what the tests of this assembly show; with ECSIMAGE_WRITE_DOCS=1 it is written anew.</summary>
[Collection(AfterAllOthers.Name)]
public sealed class CoverageTests
{
    private const string Anew = "./build.ps1 -Task Docs (or the tests of this project with ECSIMAGE_WRITE_DOCS=1) writes it anew.";

    [Fact]
    public void The_table_of_what_is_honoured_is_what_the_tests_show()
    {
        var document = CoveragePage.Write(ProductCoverage.All());
        if (Environment.GetEnvironmentVariable("ECSIMAGE_WRITE_DOCS") == "1") File.WriteAllText(Page, document);
        var (said, shown) = (Lines(File.ReadAllText(Page)), Lines(document));
        var (unproven, missing) = (said.Except(shown).Take(10).ToArray(), shown.Except(said).Take(10).ToArray());
        Assert.True(unproven.Length == 0 && missing.Length == 0 && said.SequenceEqual(shown),
            $"docs/coverage.md is not what this test run shows. If it ran without --filter, {Anew}\n"
            + $"It says:\n  {string.Join("\n  ", unproven)}\nThe tests show:\n  {string.Join("\n  ", missing)}");
    }

    [Fact]
    public void Every_operation_of_the_endpoint_was_seen_to_work()
    {
        var unseen = ProductCoverage.All().SelectMany(static p => p.Operations.Where(static o => !o.Works).Select(o => $"{p.Name} {o.Name}"));
        Assert.True(!unseen.Any(), $"In this run (without --filter?) no call of these succeeded: {string.Join(", ", unseen)}.");
    }

    [Fact]
    public void What_is_listed_as_refused_is_refused_and_never_passes()
    {
        foreach (var (product, operations) in Operations.ByProduct)
            foreach (var operation in operations.Values)
                foreach (var pattern in operation.RefusedHere)
                {
                    Assert.True(ObservedCalls.Refused(product, operation.Name, pattern), $"No test shows that {operation.Name} refuses {pattern}.");
                    Assert.False(ObservedCalls.Honoured(product, operation.Name, pattern), $"{operation.Name} took {pattern}, which it lists as refused.");
                }
    }

    [Fact]
    public void Every_operation_of_OSS_was_seen_to_do_what_the_page_says()
    {
        foreach (var operation in OssOperations.All.Select(static o => o.Operation).Distinct())
        {
            var works = ObservedCalls.Works("oss", operation.Name);
            if (operation.OnlyCode is not { } code)
            {
                Assert.True(works, $"In this run (without --filter?) no call of {operation.Name} succeeded.");
                continue;
            }
            Assert.True(ObservedCalls.EndedWith("oss", operation.Name, code), $"In this run (without --filter?) no call of {operation.Name} ended with {code}.");
            Assert.False(works, $"{operation.Name} succeeded, which is listed as ending with {code} always.");
        }
    }

    [Fact]
    public void Operations_of_OSS_have_one_name_each()
    {
        var names = OssOperations.All.Select(static o => o.Operation).Distinct().Select(static o => o.Name).ToArray();
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
    }

    private static string Page => Path.Combine(
        typeof(CoverageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!, "docs", "coverage.md");

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
}
