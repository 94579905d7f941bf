using System.Management.Automation.Language;

namespace EcsImages.PowerShell.Tests;

public sealed class CompatibilityTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private const string Arm = "ecs.g8y.large";

    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void Each_image_and_type_has_an_answer_in_the_order_asked_for()
    {
        Assert.Equal(["base ecs.g8y.large Incompatible", "base ecs.g7.large CompatibleWithWarnings"],
            _shell.Texts($"$old = $image | Set-EcsImage -Status Deprecated; $old | Test-EcsImageCompatibility -InstanceType {Arm}, ecs.g7.large | ForEach-Object {{ \"$($_.ImageName) $($_.InstanceType) $($_.Verdict)\" }}; $null = $image | Set-EcsImage -Status Available"));
        Assert.Equal(["ecs.g7.large ecs.g8y.large", "ecs.g7.large ecs.g8y.large"],
            _shell.Texts($"foreach ($id in $image.ImageId, $public.ImageId) {{ (Test-EcsImageCompatibility $id ecs.g7.large, {Arm}).InstanceType -join ' ' }}"));
        Assert.Equal(4, _shell.Run($"Test-EcsImageCompatibility ($image, $public) (Get-EcsInstanceType ecs.g7.large, {Arm})").Count);
    }

    [Fact]
    public void Lists_in_an_answer_can_be_indexed() =>
        Assert.Equal("Status Architecture ecs", _shell.Text(
            $"$r = $image | Test-EcsImageCompatibility -InstanceType {Arm} -Suggest; \"$($r.Rules[0].Id) $($r.Problems[0].Id) $($r.Suggestions[0].InstanceType.Split('.')[0])\""));

    [Fact]
    public void Images_or_types_come_down_the_pipeline_as_objects_ids_or_instances()
    {
        const string Ids = "ForEach-Object { \"$($_.ImageId) $($_.InstanceType)\" }";
        var expected = _shell.Text("\"$($image.ImageId) ecs.g7.large\"");
        foreach (var way in new[]
        {
            "$image | Test-EcsImageCompatibility -InstanceType ecs.g7.large", "$image.ImageId | Test-EcsImageCompatibility -InstanceType ecs.g7.large",
            "Get-EcsInstanceType ecs.g7.large | Test-EcsImageCompatibility $image", "'ecs.g7.large' | Test-EcsImageCompatibility -ImageId $image.ImageId",
            "$instance | Test-EcsImageCompatibility -ImageId $image", "New-EcsInstance $image ecs.g7.large -Wait | Test-EcsImageCompatibility",
            "[pscustomobject]@{ ImageId = $image.ImageId; InstanceType = 'ecs.g7.large' } | Test-EcsImageCompatibility",
            "$image | Test-EcsImageCompatibility -InstanceType ecs.g7.large | Test-EcsImageCompatibility",
        })
            Assert.Equal(expected, _shell.Text($"{way} | {Ids}"));
    }

    [Theory]
    // Nothing that came as an object is read again; names are read together, and once for all images.
    [InlineData("$image, $public | Test-EcsImageCompatibility -InstanceType ecs.g7.large, ecs.g8y.large", 0, 1)]
    [InlineData("$types | Test-EcsImageCompatibility -ImageId $image, $public", 1, 0)]
    [InlineData("$types.InstanceType | Test-EcsImageCompatibility -ImageId $image", 1, 2)]
    [InlineData("$image, $public | Test-EcsImageCompatibility -InstanceType ecs.g7.*, ecs.g8y.large -Suggest", 0, 1)]
    [InlineData("Test-EcsImageCompatibility $image ($types.InstanceType)", 1, 1)]
    public void What_is_known_is_not_read_again(string way, int images, int types)
    {
        var run = _shell.Try($"$types = Get-EcsInstanceType ecs.g7.*, ecs.g8y.*, ecs.c7.*; {way.Replace("Compatibility", "Compatibility -Verbose", StringComparison.Ordinal)}");
        Assert.Empty(run.Errors);
        int Calls(string operation) => run.Verbose.Count(v => v.StartsWith($"{operation} in", StringComparison.Ordinal));
        Assert.Equal((images, types), (Calls("DescribeImages"), Calls("DescribeInstanceTypes")));
    }

    [Fact]
    public void A_wildcard_takes_all_types_that_match_and_one_that_matches_none_is_no_error()
    {
        Assert.Equal(_shell.Texts("(Get-EcsInstanceType ecs.g7.*).InstanceType"), _shell.Texts("($image | Test-EcsImageCompatibility -InstanceType ecs.g7.*).InstanceType"));
        Assert.Empty(_shell.Run("$image | Test-EcsImageCompatibility -InstanceType ecs.none.*"));
    }

    [Fact]
    public void What_is_not_there_is_one_error_each_and_the_others_go_on()
    {
        var run = _shell.Try("'m-none', $image.ImageId, $public.ImageId | Test-EcsImageCompatibility -InstanceType ecs.none.large, ecs.g7.large");
        Assert.Equal(["ecs.g7.large", "ecs.g7.large"], run.Output.Select(static o => (string)o.InstanceType));
        Assert.Equal(["InvalidImageId.NotFound m-none", "InvalidInstanceType.NotFound ecs.none.large"], run.Errors.Select(static e => $"{e.Code()} {e.TargetObject}").Order());
        Assert.Equal("InvalidId", _shell.Error("Test-EcsImageCompatibility web* ecs.g7.large").Code());
        Assert.Equal("InvalidPattern", _shell.Error("$image | Test-EcsImageCompatibility -InstanceType 'ecs.g[7.large'").Code());
        Assert.NotEmpty(_shell.Try("$instance.CreationTime | Test-EcsImageCompatibility -InstanceType ecs.g7.large").Errors);
    }

    [Fact]
    public void Quiet_answers_yes_or_no()
    {
        Assert.Equal("yes", _shell.Text("if ($image | Test-EcsImageCompatibility -InstanceType ecs.g7.large -Quiet) { 'yes' } else { 'no' }"));
        Assert.Equal("no", _shell.Text($"if ($image | Test-EcsImageCompatibility -InstanceType {Arm} -Quiet) {{ 'yes' }} else {{ 'no' }}"));
        // Warnings are no obstacle.
        Assert.Equal("True", _shell.Text("$image | Test-EcsImageCompatibility -InstanceType ecs.t6-c1m1.large -Quiet"));
        Assert.Equal("CompatibleWithWarnings", _shell.Text("($image | Test-EcsImageCompatibility -InstanceType ecs.t6-c1m1.large).Verdict"));
    }

    [Fact]
    public void Suggestions_pass_themselves_the_nearest_first()
    {
        _shell.Run($"$judged = $public | Test-EcsImageCompatibility -InstanceType {Arm} -SuggestCount 5");
        Assert.Equal("5", _shell.Text("$judged.Suggestions.Count"));
        Assert.Equal("ecs.g8a.large", _shell.Texts("$judged.Suggestions")[0]);
        Assert.Equal(["True"], _shell.Texts("$judged.Suggestions.InstanceType | Test-EcsImageCompatibility -ImageId $public -Online -Quiet").Distinct());
        Assert.Equal("3", _shell.Text($"($public | Test-EcsImageCompatibility -InstanceType {Arm} -Suggest).Suggestions.Count"));
        Assert.Equal("0", _shell.Text("($public | Test-EcsImageCompatibility -InstanceType ecs.g7.large -Suggest).Suggestions.Count"));
        Assert.Equal("0", _shell.Text($"($public | Test-EcsImageCompatibility -InstanceType {Arm}).Suggestions.Count"));
    }

    [Theory]
    [InlineData("ecs.g7.large", "", "True True DryRunOperation False Compatible")]
    [InlineData(Arm, "", "False False InvalidInstanceType.NotSupported False Incompatible")]
    [InlineData("ecs.g7.large", "-SizeGiB 10", "True False InvalidSystemDiskSize.LessThanMinSize False Incompatible")]
    [InlineData("ecs.g7.large", "-VSwitchId vsw-none", "True  InvalidVSwitchId.NotFound False Compatible")]
    public void Online_the_service_says_the_same(string type, string parameters, string expected)
    {
        var run = _shell.Try($"$public | Test-EcsImageCompatibility -InstanceType {type} -Online {parameters}");
        Assert.Empty(run.Warnings);
        var judged = Assert.Single(run.Output);
        Assert.Equal(expected, $"{judged.Online.Supported} {judged.Online.DryRunPasses} {judged.Online.DryRunCode} {judged.Online.Disagrees} {judged.Verdict}");
        Assert.Equal("0", _shell.Text("@(Get-EcsInstance | Where-Object { $_.ImageId -eq $public.ImageId -and $_.InstanceId -ne $instance.InstanceId }).Count"));
    }

    [Fact]
    public void An_image_of_another_region_says_how_to_bring_it_there()
    {
        _shell.Run("$judged = $image | Test-EcsImageCompatibility -InstanceType ecs.g7.large -RegionId cn-beijing -Online");
        Assert.Equal("Incompatible cn-beijing", _shell.Text("\"$($judged.Verdict) $($judged.RegionId)\""));
        Assert.Equal("False InvalidImageId.NotFound", _shell.Text("\"$($judged.Online.DryRunPasses) $($judged.Online.DryRunCode)\""));
        Assert.StartsWith("Copy-EcsImage ", _shell.Text("$judged.Problems[0].Remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_remedy_is_a_line_that_PowerShell_can_run()
    {
        var lines = _shell.Texts("""
            $all = Get-EcsImage -ImageType Public, Marketplace, Custom, Community
            $all | Test-EcsImageCompatibility -InstanceType ecs.g8y.large, ecs.g7.large, ecs.g6t.large, ecs.g8i.large, ecs.t6-c2m1.large, ecs.t5-lc2m1.nano -SystemDiskCategory cloud -SizeGiB 10 |
                ForEach-Object { $_.Problems.Remedy } | Where-Object { $_ }
            """).Distinct().ToArray();
        Assert.True(lines.Length > 100, $"{lines.Length} lines.");
        ConventionCmdlets.Hold(lines.SelectMany(static line =>
        {
            var parsed = Parser.ParseInput(line, out _, out var errors);
            return errors.Select(e => $"{line}: {e.Message}").Concat(
                from command in parsed.FindAll(static a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
                let cmdlet = ConventionCmdlets.All.SingleOrDefault(c => c.Name == command.GetCommandName())
                from wrong in cmdlet is null ? [command.GetCommandName()]
                    : command.CommandElements.OfType<CommandParameterAst>().Select(static p => p.ParameterName).Where(p => !cmdlet.Parameters.ContainsKey(p))
                select $"{line}: {wrong}");
        }));
        // One of each sort, run.
        foreach (var line in lines.DistinctBy(static l => string.Concat(l.Split(' ').Where(static w => w.Length > 0 && (w[0] == '-' || w.Contains("-Ecs", StringComparison.Ordinal))))))
            Assert.Empty(_shell.Try($"$ErrorActionPreference = 'Continue'; {line}").Errors);
    }

    [Fact]
    public void A_refused_permission_is_told_and_no_verdict()
    {
        using var service = Fake(static r => r.Action switch
        {
            "DescribeImageSupportInstanceTypes" or "RunInstances" => FakeReply.Error(403, "Forbidden.RAM", "Not allowed."),
            _ => null,
        });
        using var shell = FaultTests.Connect(service);
        var run = shell.Try("Test-EcsImageCompatibility m-1 ecs.x1.large -Online");
        Assert.Empty(run.Errors);
        var judged = Assert.Single(run.Output);
        Assert.Equal("Compatible   Forbidden.RAM", $"{judged.Verdict} {judged.Online.Supported} {judged.Online.DryRunPasses} {judged.Online.DryRunCode}");
        Assert.Contains("ecs:RunInstances", (string)judged.Online.Note, StringComparison.Ordinal);
        Assert.Contains("ecs:DescribeImageSupportInstanceTypes", (string)judged.Online.Note, StringComparison.Ordinal);
    }

    [Theory]
    // The service refuses what no rule is against, and allows what a rule is against: a warning, and never a launch on trust.
    [InlineData("BIOS", "ImageNotSupportInstanceType", "[]", "Incompatible", true)]
    [InlineData("BIOS", "DryRunOperation", "[]", "Incompatible", true)]
    [InlineData("UEFI", "DryRunOperation", """[{"InstanceTypeId":"ecs.x1.large"}]""", "Incompatible", true)]
    [InlineData("BIOS", "DryRunOperation", """[{"InstanceTypeId":"ecs.x1.large"}]""", "Compatible", false)]
    [InlineData("UEFI", "ImageNotSupportInstanceType", "[]", "Incompatible", false)]
    [InlineData("BIOS", "OperationDenied.NoStock", """[{"InstanceTypeId":"ecs.x1.large"}]""", "Compatible", false)]
    public void Where_the_service_disagrees_it_is_shown(string bootMode, string code, string listed, string verdict, bool disagrees)
    {
        using var service = Fake(r => r.Action switch
        {
            "DescribeImageSupportInstanceTypes" => FakeReply.Json($$$"""{"RequestId":"R","InstanceTypes":{"InstanceType":{{{listed}}}}}"""),
            "RunInstances" => FakeReply.Error(403, code, "So it is."),
            _ => null,
        }, bootMode);
        using var shell = FaultTests.Connect(service);
        var run = shell.Try("Test-EcsImageCompatibility m-1 ecs.x1.large -Online");
        Assert.Empty(run.Errors);
        var judged = Assert.Single(run.Output);
        Assert.Equal((verdict, disagrees), ((string)judged.Verdict.ToString(), (bool)judged.Online.Disagrees));
        Assert.Equal(disagrees ? 1 : 0, run.Warnings.Count);
        Assert.All(service.Requests.Where(static r => r.Action == "RunInstances"), static r => Assert.Equal("true", r.Query("DryRun")));
        Assert.Contains(service.Requests, static r => r.Action == "RunInstances");
    }

    [Fact]
    public void A_service_that_fails_is_an_error_of_the_pair_and_no_verdict()
    {
        using var service = Fake(static r => r.Action is "RunInstances" ? FakeReply.Error(500, "InternalError", "Broken.") : null);
        using var shell = FaultTests.Connect(service);
        var run = shell.Try("Test-EcsImageCompatibility m-1 ecs.x1.large -Online");
        Assert.Empty(run.Output);
        Assert.Equal("m-1 on ecs.x1.large", Assert.Single(run.Errors).TargetObject);
    }

    // One image, and one type that boots by BIOS.
    private static FakeService Fake(Func<FakeRequest, FakeReply?> answer, string bootMode = "BIOS") => new(r => answer(r) ?? r.Action switch
    {
        "DescribeImages" => FakeReply.Json($$$"""
            {"RequestId":"R","TotalCount":1,"Images":{"Image":[{"ImageId":"m-1","ImageName":"one","Status":"Available","ImageOwnerAlias":"self","Size":40,"OSType":"linux",
             "Platform":"Debian","OSName":"Debian 13.4 64 bit","Architecture":"x86_64","BootMode":"{{{bootMode}}}","Features":{"NvmeSupport":"supported"}}]}}
            """),
        "DescribeInstanceTypes" => FakeReply.Json("""
            {"RequestId":"R","NextToken":"","InstanceTypes":{"InstanceType":[{"InstanceTypeId":"ecs.x1.large","InstanceTypeFamily":"ecs.x1","CpuCoreCount":2,"MemorySize":8,
             "CpuArchitecture":"X86","NvmeSupport":"unsupported","SupportedBootModes":{"SupportedBootMode":["BIOS"]}}]}}
            """),
        _ => FakeReply.Json("""{"RequestId":"R","InstanceTypes":{"InstanceType":[{"InstanceTypeId":"ecs.x1.large"}]}}"""),
    });
}
