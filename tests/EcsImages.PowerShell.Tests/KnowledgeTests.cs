using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class KnowledgeTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private const string Ended = "ubuntu_18_04_x64_20G_alibase_20240223.vhd";

    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void An_image_shows_what_is_known_of_it()
    {
        var image = _shell.Run($"Get-EcsImage {Ended}")[0];
        Assert.Equal("Public", _shell.Text($"(Get-EcsImage {Ended}).Type"));
        Assert.Equal(("Highest", "Nobody", "Free", "SystemDisk"),
            ($"{image.Trust}", (string)image.SupportedBy, (string)image.Fee, $"{image.Content}"));
        Assert.Equal(new DateOnly(2023, 5, 31), (DateOnly)image.EndOfLife);
        Assert.Equal("SystemAndDataDisks", _shell.Text("$image.Content"));
        Assert.Equal("High", _shell.Text("$image.Trust"));
    }

    [Fact]
    public void An_end_of_life_compares_with_a_text_and_sorts()
    {
        Assert.Equal("True False", _shell.Text($"$i = Get-EcsImage {Ended}; \"$($i.EndOfLife -lt '2025-01-01') $($i.EndOfLife -gt '2025-01-01')\""));
        Assert.NotEmpty(_shell.Run("Get-EcsImage | Where-Object EndOfLife -gt 2027-01-01"));
    }

    [Theory]
    [InlineData("$end -lt [datetime]'2023-06-01'", true)]
    [InlineData("$end -lt [datetime]'2023-05-31'", false)]
    [InlineData("[datetime]'2023-06-01' -gt $end", true)]
    [InlineData("$end -lt [datetimeoffset]'2023-06-01'", true)]
    [InlineData("[datetimeoffset]'2023-06-01' -gt $end", true)]
    [InlineData("$end -eq [datetime]'2023-05-31T12:00:00'", true)]
    [InlineData("([datetime]$end).AddDays(1) -eq [datetime]'2023-06-01'", true)]
    public void An_end_of_life_compares_with_what_Get_Date_gives(string comparison, bool holds) =>
        Assert.Equal(holds.ToString(), _shell.Text($"$end = (Get-EcsImage {Ended}).EndOfLife; {comparison}"));

    [Fact]
    public void Support_of_one_image_is_told_with_its_reasons_in_one_line()
    {
        var support = _shell.Run($"Get-EcsImageSupport {Ended}")[0];
        Assert.Equal(("Nobody", "ExtensionOnly", "Ubuntu 26.04", "cn-hangzhou"),
            ((string)support.SupportedBy, $"{support.Phase}", (string)support.Successor, (string)support.RegionId));
        Assert.Contains("2023-05-31", (string)support.Why, StringComparison.Ordinal);
        Assert.Contains("Find-EcsImage -ReplacementFor", (string)support.Afterwards, StringComparison.Ordinal);
        Assert.NotEmpty((string)support.AlibabaCloudSecures);
        Assert.NotEmpty((string)support.YouSecure);
    }

    [Fact]
    public void Who_shares_an_image_supports_it()
    {
        _shell.Run("""
            $friend = Connect-EcsAccount -Local -Path $folder -Account friend -RegionId cn-hangzhou -Speed 10000
            $null = $image | Add-EcsImageShare -AccountId $friend.AccountId -Context $us
            $theirs = Get-EcsImageSupport $image.ImageId -Context $friend
            $null = $image | Remove-EcsImageShare -All -Confirm:$false -Context $us
            $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000
            """);
        Assert.Equal($"Shared Medium Account {_shell.Text("$us.AccountId")}", _shell.Text("\"$($theirs.ImageType) $($theirs.Trust) $($theirs.SupportedBy)\""));
        Assert.Equal(_shell.Text("$friend.AccountId"), _shell.Text("$theirs.ContextAccountId"));
    }

    [Theory]
    [InlineData("$all | Get-EcsImageSupport -Verbose")]
    [InlineData("$all | Get-EcsOSLifecycle -Verbose")]
    [InlineData("Get-EcsImageSupport $all -Verbose")]
    [InlineData("Get-EcsOSLifecycle -ImageId $all -Verbose")]
    public void Images_at_hand_are_answered_without_a_call(string script)
    {
        var run = _shell.Try($"$all = Get-EcsImage -ImageType Custom, Public, Marketplace, Community; {script}");
        Assert.Equal(_shell.Texts("$all.ImageId"), run.Output.Select(static s => (string)s.ImageId));
        Assert.Empty(run.Errors);
        Assert.DoesNotContain(run.Verbose, static v => v.Contains("RequestId", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-EcsImageSupport")]
    [InlineData("Get-EcsOSLifecycle -ImageId")]
    public void Many_ids_are_one_call(string cmdlet)
    {
        var run = _shell.Try($"$ids = (Get-EcsImage -ImageType Public).ImageId; {cmdlet} $ids -Verbose");
        Assert.Equal(_shell.Texts("$ids"), run.Output.Select(static s => (string)s.ImageId));
        Assert.InRange(run.Verbose.Count(static v => v.StartsWith("DescribeImages", StringComparison.Ordinal)), 1, 2);
    }

    [Theory]
    [InlineData("$ids | Get-EcsImageSupport")]
    [InlineData("Get-EcsImageSupport $ids")]
    [InlineData("$ids | Get-EcsOSLifecycle")]
    [InlineData("Get-EcsOSLifecycle -ImageId $ids")]
    public void Each_of_several_ids_gives_one_output_or_one_error(string script)
    {
        var run = _shell.Try($"$ids = $image.ImageId, 'm-missing1', '{Ended}', 'm-missing2'; {script}");
        Assert.Equal([_shell.Text("$image.ImageId"), Ended], run.Output.Select(static i => (string)i.ImageId));
        Assert.Equal(["m-missing1", "m-missing2"], run.Errors.Select(static e => (string)e.TargetObject));
        Assert.All(run.Errors, static e => Assert.Equal("InvalidImageId.NotFound", e.Code()));
    }

    [Fact]
    public void What_has_an_image_id_can_be_piped_in_and_what_comes_out_piped_on()
    {
        Assert.Equal(_shell.Text("$instance.ImageId"), Assert.Single(_shell.Run("$instance | Get-EcsImageSupport")).ImageId);
        Assert.Equal("Alibaba Cloud Linux 3", Assert.Single(_shell.Run("$instance | Get-EcsOSLifecycle")).Name);
        Assert.Equal("base", Assert.Single(_shell.Run("$image | Get-EcsOSLifecycle | Get-EcsImage")).Name);
        Assert.Equal("base", Assert.Single(_shell.Run("$image | Get-EcsImageSupport | Get-EcsImage")).Name);
        var bag = "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($image))";
        Assert.Equal("High", $"{Assert.Single(_shell.Run($"{bag} | Get-EcsImageSupport")).Trust}");
    }

    [Theory]
    [InlineData("42 | Get-EcsImageSupport")]
    [InlineData("42 | Get-EcsOSLifecycle")]
    [InlineData("$us | Get-EcsImageSupport")]
    [InlineData("@{ Name = 'base' } | Get-EcsImageSupport")]
    [InlineData("Get-EcsImageSupport m-1*")]
    [InlineData("Get-EcsImageSupport 42")]
    [InlineData("Get-EcsImageSupport -ImageId $instance")]
    [InlineData("Get-EcsOSLifecycle -ImageId ''")]
    public void A_wrong_object_is_one_error_before_any_call(string script)
    {
        var error = _shell.Error(script);
        Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        Assert.NotEqual("InvalidImageId.NotFound", error.Code());
    }

    [Fact]
    public void The_table_needs_no_connection_and_begins_with_what_ended_first()
    {
        using var shell = new TestShell(connect: false);
        var ends = shell.Run("Get-EcsOSLifecycle").Select(static r => (DateOnly?)r.EndOfLife).ToArray();
        Assert.True(ends.Length > 100);
        Assert.Equal(ends.OrderBy(static e => e ?? DateOnly.MaxValue), ends);
    }

    [Theory]
    [InlineData("Ubuntu", "Ubuntu 14.04", 7)]
    [InlineData("ubuntu", "Ubuntu 14.04", 7)]
    [InlineData("rhel", "Red Hat Enterprise Linux 6", 5)]
    [InlineData("Windows", "Windows Server 2003 SP2", 13)]
    [InlineData("'CentOS 7.9'", "CentOS 7", 1)]
    [InlineData("CentOS 7.9", "CentOS 7", 1)]
    [InlineData("CentOS", "CentOS 5", 4)]
    [InlineData("'CentOS*'", "CentOS 5", 7)]
    [InlineData("sles, 'SUSE Linux Enterprise Server'", "SUSE Linux Enterprise Server 12 SP3", 11)]
    [InlineData("Windows 2012*", "Windows Server 2012", 2)]
    [InlineData("'*Linux* 9'", "Rocky Linux 9", 3)]
    [InlineData("-Version 24.04", "Ubuntu 24.04", 1)]
    [InlineData("nothing*", null, 0)]
    [InlineData("Ubuntu 9*", null, 0)]
    public void A_system_is_found_by_what_people_type(string typed, string? first, int count)
    {
        var rows = _shell.Run($"Get-EcsOSLifecycle {typed}");
        Assert.Equal(count, rows.Count);
        if (first is not null) Assert.Contains(rows, r => r.Name == first);
    }

    [Theory]
    [InlineData("Ubunto", "UnknownOS", "Ubuntu, Debian")]
    [InlineData("Ubuntu 9.9", "UnknownOSVersion", "24.04, 26.04")]
    [InlineData("'Ubuntu 24.10'", "UnknownOSVersion", "24.04, 26.04")]
    [InlineData("-Version nonsense", "UnknownOSVersion", "-OS")]
    public void What_is_not_known_is_an_error_that_says_what_is(string typed, string code, string said)
    {
        var error = _shell.Error($"Get-EcsOSLifecycle {typed}");
        Assert.Equal((code, ErrorCategory.ObjectNotFound), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(said, error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_unknown_name_loses_nothing_of_the_others()
    {
        var run = _shell.Try("Get-EcsOSLifecycle Ubunto, Gentoo");
        Assert.Equal("Gentoo rolling", Assert.Single(run.Output).Name);
        Assert.Equal("Ubunto", Assert.Single(run.Errors).TargetObject);
    }

    [Theory]
    [InlineData("3650")]
    [InlineData("'3650'")]
    [InlineData("3650.0")]
    [InlineData("'3650.00:00:00'")]
    [InlineData("([timespan]::FromDays(3650))")]
    public void Within_takes_days_and_time_spans(string within)
    {
        var rows = _shell.Run($"Get-EcsOSLifecycle -EndingWithin {within}");
        Assert.NotEmpty(rows);
        Assert.All(rows, static r => Assert.InRange((int)r.DaysLeft, 0, 3650));
        Assert.Equal(_shell.Run("Get-EcsOSLifecycle").Count(static r => (int?)r.DaysLeft is >= 0 and <= 3650), rows.Count);
    }

    [Theory]
    [InlineData("-5", "-Ended")]
    [InlineData("'-5.00:00:00'", "-Ended")]
    [InlineData("'soon'", "such as 90")]
    [InlineData("90000", "between 0 and 36500")]
    [InlineData("([double]::NaN)", "between 0 and 36500")]
    [InlineData("$true", "no length of time")]
    public void Within_refuses_what_is_no_time_ahead_with_what_to_write(string within, string advice) =>
        Assert.Contains(advice, _shell.Error($"Get-EcsOSLifecycle -EndingWithin {within}").Text(), StringComparison.Ordinal);

    [Fact]
    public void Ended_is_past_its_end_alone_or_with_what_ends_soon()
    {
        var (ended, soon, both) = (_shell.Run("Get-EcsOSLifecycle -Ended"), _shell.Run("Get-EcsOSLifecycle -EndingWithin 3650"), _shell.Run("Get-EcsOSLifecycle -Ended -EndingWithin 3650"));
        Assert.All(ended, static r => Assert.True($"{r.Phase}" is "Ended" or "ExtensionOnly"));
        Assert.Equal(ended.Count + soon.Count, both.Count);
        Assert.Equal("Ubuntu 18.04", Assert.Single(_shell.Run($"Get-EcsImage {Ended} | Get-EcsOSLifecycle -Ended")).Name);
        Assert.Empty(_shell.Run($"Get-EcsImage {Ended} | Get-EcsOSLifecycle -EndingWithin 30"));
    }

    [Fact]
    public void An_image_whose_end_is_not_known_is_shown_without_dates_or_named_in_a_warning()
    {
        var shown = Assert.Single(_shell.Run("Get-EcsImage -RegionId cn-shanghai -ImageType Community -Platform 'Others Linux' | Get-EcsOSLifecycle"));
        Assert.Equal(("Others Linux 64 bit", "Unknown", null), ((string)shown.Name, $"{shown.Phase}", (DateOnly?)shown.EndOfLife));
        var run = _shell.Try("Get-EcsImage -RegionId cn-shanghai -ImageType Community -Platform 'Others Linux' | Get-EcsOSLifecycle -Ended");
        Assert.Empty(run.Output);
        Assert.Contains((string)shown.ImageId, Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-EcsOSLifecycle -OS ub", "Ubuntu")]
    [InlineData("Get-EcsOSLifecycle -OS 'rocky", "'Rocky Linux'")]
    [InlineData("Get-EcsOSLifecycle Debian -Version 1", "13")]
    [InlineData("Get-EcsOSLifecycle -OS 'Windows Server' -Version 2012", "'2012 R2'")]
    public void Systems_and_versions_complete_with_Tab(string typed, string completed)
    {
        var line = typed.Replace("'", "''", StringComparison.Ordinal);
        Assert.Contains(completed, _shell.Texts($"[System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {typed.Length}, $null).CompletionMatches.CompletionText"));
    }
}
