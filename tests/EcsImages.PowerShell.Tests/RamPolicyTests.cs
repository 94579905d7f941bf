using System.Management.Automation;
using System.Text.Json;

namespace EcsImages.PowerShell.Tests;

public sealed class RamPolicyTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void Every_policy_is_one_by_the_published_grammar()
    {
        foreach (var cmdlet in ConventionCmdlets.All.Where(static c => c.Calls()!.Any(static a => a.StartsWith("ecs:", StringComparison.Ordinal))))
            foreach (var narrowing in new[] { "", "-RegionId cn-hangzhou", "-RegionId cn-hangzhou, cn-beijing -AccountId 1234567890123456", "-AccountId 1234567890123456" })
                Assert.Empty(PublishedRamGrammar.Violations(_shell.Text($"(Get-EcsRamPolicy {cmdlet.Name} {narrowing}).Document")));
    }

    [Fact]
    public void The_policy_for_all_cmdlets_fits_into_one_that_RAM_takes()
    {
        var run = _shell.Try("Get-EcsRamPolicy *-Ecs*");
        Assert.Empty(PublishedRamGrammar.Violations((string)run.Output.Single()!.Document));
        Assert.DoesNotContain(run.Warnings, static w => w.Contains("6144", StringComparison.Ordinal));
    }

    [Fact]
    public void The_policy_of_a_cmdlet_has_what_it_declares_and_nothing_else()
    {
        foreach (var cmdlet in ConventionCmdlets.All)
        {
            // Who one is may be asked without a permission, and a role's session is begun before anything is done in it.
            var declared = cmdlet.Calls()!.Concat(cmdlet.CallsOnBehalf()).Where(static c => c is not ("*" or "sts:GetCallerIdentity" or "sts:AssumeRole" or "sts:AssumeRoleWithOIDC"))
                .Select(Allowing).Distinct().Order(StringComparer.Ordinal).ToArray();
            var policy = (dynamic?)_shell.Run($"Get-EcsRamPolicy {cmdlet.Name}").SingleOrDefault();
            Assert.Equal(declared, (IEnumerable<string>?)policy?.Actions ?? []);
        }
    }

    // Source: OSS, "RAM policies": reading a part or the head of an object is allowed as reading it, and writing in parts as writing.
    private static string Allowing(string call) => call switch
    {
        "oss:HeadObject" => "oss:GetObject",
        "oss:InitiateMultipartUpload" or "oss:UploadPart" or "oss:CompleteMultipartUpload" => "oss:PutObject",
        _ => call,
    };

    [Fact]
    public void A_policy_is_its_document_and_tells_what_it_is_for()
    {
        var policy = (dynamic)_shell.Run("Get-EcsRamPolicy Get-EcsImageShare")[0];
        Assert.Equal(["Get-EcsImageShare"], (IEnumerable<string>)policy.Cmdlets);
        Assert.Equal((string)policy.Document, (string)policy.ToString());
        Assert.Equal(["""{"Effect":"Allow","Action":"ecs:DescribeImageSharePermission","Resource":"*"}"""], Statements((string)policy.Document));
    }

    [Fact]
    public void Regions_and_an_account_narrow_what_can_be_narrowed() => Assert.Equal(
        [
            """{"Effect":"Allow","Action":"ecs:RunInstances","Resource":"*"}""",
            """{"Effect":"Allow","Action":"ecs:DescribeInstances","Resource":["acs:ecs:cn-hangzhou:1234567890123456:instance/*","acs:ecs:cn-beijing:1234567890123456:instance/*"]}""",
        ],
        Statements(_shell.Text("Get-EcsRamPolicy New-EcsInstance -RegionId cn-hangzhou, cn-beijing -AccountId 1234567890123456")));

    [Theory]
    [InlineData("Get-EcsRamPolicy copy-ecsimage, EcsImage\\Get-EcsDisk", "Copy-EcsImage Get-EcsDisk")]
    [InlineData("'Copy-EcsImage', 'Get-EcsDisk' | Get-EcsRamPolicy", "Copy-EcsImage Get-EcsDisk")]
    [InlineData("Get-Command Copy-EcsImage, Get-EcsDisk | Get-EcsRamPolicy", "Copy-EcsImage Get-EcsDisk")]
    [InlineData("Get-EcsRamPolicy *-EcsImageTag", "Add-EcsImageTag Remove-EcsImageTag")]
    public void Cmdlets_are_named_in_every_way_that_PowerShell_has(string script, string cmdlets) =>
        Assert.Equal(cmdlets.Split(' '), (IEnumerable<string>)_shell.Run(script).Single().Cmdlets);

    [Fact]
    public void A_cmdlet_that_is_none_of_ours_is_an_error_and_the_others_go_on()
    {
        var run = _shell.Try("Get-EcsRamPolicy Get-Date, Copy-EcsImage");
        Assert.Equal(("UnknownCmdlet", ErrorCategory.ObjectNotFound), (run.Errors.Single().Code(), run.Errors.Single().CategoryInfo.Category));
        Assert.Equal(["Copy-EcsImage"], (IEnumerable<string>)run.Output.Single()!.Cmdlets);
        Assert.Empty(_shell.Run("Get-EcsRamPolicy Get-Nothing*"));
    }

    [Fact]
    public void What_needs_no_permission_gets_a_word_instead_of_an_empty_policy()
    {
        var run = _shell.Try("Get-EcsRamPolicy Get-EcsContext, Connect-EcsAccount");
        Assert.Empty(run.Output);
        Assert.Contains("Get-EcsContext", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Cmdlets_complete_with_Tab() => Assert.Equal(["Copy-EcsImage"], _shell.Texts(
        "$line = 'Get-EcsRamPolicy Copy-Ecs'; (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText"));

    [Fact]
    public void The_session_is_told_by_what_it_called_wherever_it_called_it()
    {
        using var shell = new TestShell(speed: 10_000);
        var run = shell.Try("Get-EcsRamPolicy -Session");
        Assert.Contains("nothing yet", Assert.Single(run.Warnings), StringComparison.Ordinal);
        var called = shell.Try("$VerbosePreference = 'Continue'; $null = Get-EcsImage -ImageType Public, Custom; $null = Get-EcsRegion; $null = Get-EcsImage -RegionId cn-beijing -ImageType Custom; $VerbosePreference = 'SilentlyContinue'");
        var expected = called.Verbose.Where(static v => v.Contains(", RequestId ", StringComparison.Ordinal)).Select(static v => $"ecs:{v.Split(' ')[0]} in {v.Split(' ')[2].TrimEnd(':')}").ToArray();
        Assert.NotEmpty(expected);
        var policy = shell.Run("Get-EcsRamPolicy -Session").Single();
        Assert.Equal(["ecs:DescribeImages", "ecs:DescribeRegions"], (IEnumerable<string>)policy.Actions);
        Assert.Equal(expected.GroupBy(static c => c).Select(static g => g.Count() == 1 ? $"{g.Key}, 1 call" : $"{g.Key}, {g.Count()} calls").Order(StringComparer.Ordinal), ((IEnumerable<string>)policy.Sources).Order(StringComparer.Ordinal));
    }

    private static string[] Statements(string document)
    {
        using var json = JsonDocument.Parse(document);
        return [.. json.RootElement.GetProperty("Statement").EnumerateArray().Select(static s => JsonSerializer.Serialize(s))];
    }
}
