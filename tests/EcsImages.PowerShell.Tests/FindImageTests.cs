using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

/// <summary>Each question in one line, by who never read the documentation.</summary>
public sealed class FindImageTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Theory]
    [InlineData("'Windows applications'", "Windows Server*")]
    [InlineData("'windows apps'", "Windows Server*")]
    [InlineData("'Enterprise web'", "Windows Server*")]
    [InlineData("web", "Windows Server*")]
    [InlineData("'SQL Server'", "Windows Server*")]
    [InlineData("sqlserver", "Windows Server*")]
    [InlineData("sql", "Windows Server*")]
    [InlineData("'file server'", "Windows Server*")]
    [InlineData("'File and print'", "Windows Server*")]
    [InlineData("'CentOS compatible'", "Alibaba Cloud Linux*")]
    [InlineData("'centos replacement'", "Alibaba Cloud Linux*")]
    [InlineData("'Open source'", "Anolis OS*")]
    [InlineData("open-source", "Anolis OS*")]
    [InlineData("'Red Hat support'", "Red Hat*")]
    [InlineData("'red hat'", "Red Hat*")]
    [InlineData("rhel", "Red Hat*")]
    [InlineData("'Legacy CentOS'", "CentOS*")]
    [InlineData("ubuntu", "Ubuntu 26.04*")]
    [InlineData("'windows server 2022'", "Windows Server 2022*")]
    public void A_workload_in_ones_own_words_gives_its_system(string said, string os) =>
        Assert.Equal("1 True", _shell.Text($"Find-EcsImage {said} -First 1 | ForEach-Object {{ \"$($_.Rank) $($_.OSName -like '{os}')\" }}"));

    [Fact]
    public void Nothing_legacy_or_past_its_end_is_recommended_anywhere()
    {
        foreach (var question in new[] { "", "web", "'open source'", "-OSType linux", "-Need 'clean os'", "-InstanceType ecs.g7.large", "-Architecture arm64" })
            Assert.Empty(_shell.Run($"Find-EcsImage {question} | Where-Object {{ $_.Platform -like 'CentOS*' -or ($null -ne $_.EndOfLife -and $_.EndOfLife -lt [DateOnly]::FromDateTime([DateTime]::UtcNow)) }}"));
        Assert.NotEmpty(_shell.Run("Find-EcsImage -Platform CentOS"));
    }

    [Fact]
    public void A_choice_is_an_image_and_launches_in_one_line()
    {
        Assert.Equal("Running", _shell.Text("(Find-EcsImage 'centos replacement' -InstanceType ecs.g8y.large -First 1 | New-EcsInstance -InstanceType ecs.g8y.large -Wait).Status"));
        Assert.Equal("arm64", _shell.Text("(Find-EcsImage 'centos replacement' -InstanceType ecs.g8y.large -First 1 | Get-EcsImage).Architecture"));
        Assert.Equal("cn-beijing", _shell.Text("(Find-EcsImage web -RegionId cn-beijing -First 1 | Get-EcsImage).RegionId"));
        Assert.Equal("base", _shell.Text("(Find-EcsImage -Need own -Name base | Copy-EcsImage -DestinationRegionId cn-qingdao -Wait).Name"));
        Assert.Equal("True", _shell.Text("(Find-EcsImage web -First 1).Reasons[0].Length -gt 9"));
    }

    [Theory]
    [InlineData("ecs.g7.large")]
    [InlineData("ecs.c6a.large")]
    [InlineData("ecs.c6t.large")]
    [InlineData("ecs.g8y.large")]
    [InlineData("ecs.c7se.large")]
    public void The_service_itself_starts_what_ranks_for_a_type(string type)
    {
        _shell.Run($"$ranked = Find-EcsImage -Need 'clean os' -InstanceType {type}");
        Assert.True(_shell.Run("$ranked").Count > 1);
        var run = _shell.Try($"$ranked | New-EcsInstance -InstanceType {type} -DryRun");
        Assert.True(run.Errors.Count == 0, string.Join('\n', run.Errors.Select(static e => e.Text())));
    }

    /// <summary>By the service's own dry run: where the old one started, its successor does.</summary>
    [Theory]
    [InlineData("ecs.g7.large")]
    [InlineData("ecs.c6a.large")]
    [InlineData("ecs.c6t.large")]
    [InlineData("ecs.g8y.large")]
    [InlineData("ecs.c7se.large")]
    [InlineData("ecs.e-c1m1.large")]
    public void What_replaces_an_image_past_its_end_starts_where_the_old_one_did(string type)
    {
        var run = _shell.Try($$"""
            $ended = Get-EcsImage -ImageType Public | Where-Object { $_.EndOfLife -and $_.EndOfLife -lt [DateOnly]::FromDateTime([DateTime]::UtcNow) }
            foreach ($old in $ended)
            {
                $refused = $null
                $null = $old | New-EcsInstance -InstanceType {{type}} -DryRun -ErrorAction SilentlyContinue -ErrorVariable refused
                if ($refused) { continue }
                $new = $old | Find-EcsImage -InstanceType {{type}} -WarningAction SilentlyContinue
                if (-not $new) { "$($old.ImageId): none"; continue }
                $null = $new | New-EcsInstance -InstanceType {{type}} -DryRun
                "$($old.ImageId): $($new.ImageId)"
            }
            """);
        Assert.True(run.Errors.Count == 0, string.Join('\n', run.Errors.Select(static e => e.Text())));
        var pairs = run.Output.Select(static o => (string)o.ToString()).ToArray();
        Assert.NotEmpty(pairs);
        // Nothing newer of these is in the catalog.
        Assert.DoesNotContain(pairs, static p => p.EndsWith(": none", StringComparison.Ordinal) && !p.StartsWith("freebsd", StringComparison.Ordinal) && !p.StartsWith("sles", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ubuntu_18_04_x64_20G_alibase_20230727.vhd", "ubuntu_26_04*")]
    [InlineData("acs:ubuntu_18_04_x64", "ubuntu_26_04*")]
    [InlineData("CentOS 7.9", "aliyun_3_x64*")]
    [InlineData("win2012r2_9600_x64_dtc_zh-cn_40G_alibase_20190516.vhd", "win2025*zh-cn*")]
    [InlineData("wincore_1909_x64_dtc_en-us_40G_alibase_20200218.vhd", "win2022*en-us*")]
    public void An_image_that_no_longer_exists_is_replaced_by_its_name(string old, string successor)
    {
        Assert.Equal("True", _shell.Text($"(Find-EcsImage -ReplacementFor '{old}').ImageId -like '{successor}'"));
        Assert.Equal("True", _shell.Text($"('{old}' | Find-EcsImage).ImageId -like '{successor}'"));
    }

    [Fact]
    public void An_instance_names_image_and_type_of_what_is_replaced()
    {
        _shell.Run("$old = New-EcsInstance win2012r2_9600_x64_dtc_en-us_40G_alibase_20210516.vhd ecs.c6a.large -Name old -Wait");
        Assert.Equal("win2022_21H2_x64_dtc_en-us_40G_alibase_20250817.vhd", _shell.Text("($old | Find-EcsImage).ImageId"));
        // The image alone: its instances say where it must start.
        Assert.Contains("ecs.c6a.large", _shell.Text("(Find-EcsImage -ReplacementFor $old.ImageId).Reasons -join ' '"), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_images_are_replaced_each_with_one_output_or_one_error()
    {
        var run = _shell.Try("'ubuntu_16_04_x64_20G_alibase_20200101.vhd', 'm-missing', 'foo', 'centos_6_10_x64_20G_alibase_20201120.vhd' | Find-EcsImage");
        Assert.Equal(["ubuntu_16_04_x64_20G_alibase_20200101.vhd", "centos_6_10_x64_20G_alibase_20201120.vhd"], run.Output.Select(static c => (string)c.Replaces));
        Assert.Equal(["m-missing", "foo"], run.Errors.Select(static e => (string)e.TargetObject));
        Assert.All(run.Errors, static e => Assert.Equal(("InvalidImageId.NotFound", ErrorCategory.ObjectNotFound), (e.Code(), e.CategoryInfo.Category)));
    }

    [Fact]
    public void What_needs_no_replacement_is_told()
    {
        var run = _shell.Try("Find-EcsImage -ReplacementFor ubuntu_26_04_x64_20G_alibase_20260810.vhd");
        Assert.Empty(run.Output);
        Assert.Contains("2031-04-30", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_gives_every_image_once_with_a_rank_or_a_reason()
    {
        _shell.Run("$all = Find-EcsImage web -Explain; $public = Get-EcsImage -ImageType Public, Custom");
        Assert.Equal(_shell.Texts("$public.ImageId").Order(), _shell.Texts("$all.ImageId").Order());
        Assert.Empty(_shell.Run("$all | Where-Object { ($null -eq $_.Rank) -ne ($_.LeftOut.Count -gt 0) }"));
    }

    [Fact]
    public void An_answer_of_nothing_warns_with_what_excluded_most()
    {
        var run = _shell.Try("Find-EcsImage web -Architecture arm64");
        Assert.Empty(run.Output);
        Assert.Contains("not arm64", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Contains("-Explain", run.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bananas", "UnknownWorkload", "'SQL Server'")]
    [InlineData("-Need bananas", "UnknownNeed", "'Clean OS'")]
    [InlineData("-SupportedUntil 2030", "InvalidDate", "year")]
    [InlineData("-Language klingon", "UnknownLanguage", "klingon")]
    [InlineData("web -InstanceType ecs.nope", "InvalidInstanceType.ValueNotSupported", "ecs.nope")]
    [InlineData("-ReplacementFor 'ubuntu*'", "InvalidId", "wildcards")]
    public void What_is_not_understood_is_an_error_that_says_what_would_be(string question, string code, string named)
    {
        var error = _shell.Error($"Find-EcsImage {question}");
        Assert.Equal(code, error.Code());
        Assert.Contains(named, error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Regions_have_ranks_of_their_own_in_the_order_asked_for() => Assert.Equal(["cn-shanghai 1", "cn-shanghai 2", "cn-beijing 1", "cn-beijing 2"],
        _shell.Texts("Find-EcsImage web -RegionId cn-shanghai, cn-beijing -First 2 | ForEach-Object { \"$($_.RegionId) $($_.Rank)\" }"));

    [Theory]
    [InlineData("Rocky*", "Rocky Linux*")]
    [InlineData("*server 2022*", "Windows Server 2022*")]
    [InlineData("CentOS*", "CentOS*")]
    [InlineData("Ubuntu 24.04", "Ubuntu 24.04*")]
    public void A_platform_is_a_name_a_version_or_a_pattern(string platform, string os)
    {
        Assert.NotEmpty(_shell.Run($"Find-EcsImage -Platform '{platform}'"));
        Assert.Empty(_shell.Run($"Find-EcsImage -Platform '{platform}' | Where-Object OSName -notlike '{os}'"));
    }

    [Fact]
    public void Workloads_and_needs_complete_with_Tab()
    {
        Assert.Contains("'SQL Server'", _shell.Texts("(TabExpansion2 'Find-EcsImage -Workload sq' 26).CompletionMatches.CompletionText"));
        Assert.Equal(3, _shell.Run("(TabExpansion2 'Find-EcsImage -Need ' 20).CompletionMatches").Count);
    }
}
