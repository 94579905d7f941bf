using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class SafetyTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private const string State = """
        $other = Get-EcsImage -ImageType Custom -AllRegion | ForEach-Object { "$($_.ImageId) $($_.Name) $($_.Description) $($_.Status) $($_.IsPublic) $($_.NvmeSupport) $($_.Tags.Keys)" }
        $other; $image | Get-EcsImageShare | ForEach-Object AccountId
        Get-EcsInstance -AllRegion | ForEach-Object { "$($_.InstanceId) $($_.Status)" }; Get-EcsSnapshot -AllRegion | ForEach-Object SnapshotId
        """;

    private readonly TestShell _shell = shared.Shell;

    public static TheoryData<string> Changes =>
    [
        "$instance | New-EcsCustomImage -Name never",
        "$instance | New-EcsCustomImage -Name never -SystemDiskOnly -Wait",
        "$image | Copy-EcsImage -DestinationRegionId cn-beijing, cn-shanghai -Wait",
        "$image | Add-EcsImageShare -AccountId 1234567890123456",
        "$image | Publish-EcsImage",
        "$image | Unpublish-EcsImage",
        "$image | Set-EcsImage -Name never -Status Deprecated",
        "$image | Add-EcsImageTag -Tag @{ never = 1 }",
        "$image | Remove-EcsImageTag -All",
        "$image | Remove-EcsImageShare -AccountId 1234567890123456",
        "$image | Remove-EcsImage -Force",
        "$image | Remove-EcsImage -IncludeSnapshot",
        "$image | Stop-EcsImageCopy",
        "$public | New-EcsInstance -InstanceType ecs.g7.large -Wait",
        "$instance | Start-EcsInstance",
        "$instance | Stop-EcsInstance -Wait",
        "$instance | Remove-EcsInstance -Force -Wait",
        "$instance | Get-EcsDisk | New-EcsSnapshot -Wait",
        "Get-EcsSnapshot | Remove-EcsSnapshot -Force",
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void WhatIf_changes_nothing_and_says_what_would_happen(string change)
    {
        var before = _shell.Texts(State);
        var said = _shell.Host.Lines.Count;
        AssertOnlyPlanned(_shell.Run($"{change} -WhatIf"));
        Assert.Contains(_shell.Host.Lines.Skip(said), static l => l.Contains("What if", StringComparison.Ordinal) && l.Contains("cn-hangzhou", StringComparison.Ordinal));
        Assert.Equal(before, _shell.Texts(State));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void WhatIfPreference_is_obeyed(string change)
    {
        var before = _shell.Texts(State);
        AssertOnlyPlanned(_shell.Run($"$WhatIfPreference = $true; {change}; $WhatIfPreference = $false"));
        Assert.Equal(before, _shell.Texts(State));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Where_nobody_can_be_asked_Confirm_is_an_error_that_says_how_to_answer_beforehand(string change)
    {
        var before = _shell.Texts(State);
        var error = _shell.Error($"{change} -Confirm");
        Assert.Equal(("ConfirmationRequired", ErrorCategory.InvalidOperation), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("-Confirm:$false", error.Advice(), StringComparison.Ordinal);
        Assert.Equal(before, _shell.Texts(State));
    }

    [Theory]
    [InlineData("$image | Remove-EcsImage")]
    [InlineData("$image | Remove-EcsImage -Force")]
    [InlineData("$image | Publish-EcsImage")]
    [InlineData("$image | Remove-EcsImageShare -AccountId 1234567890123456")]
    [InlineData("$instance | Remove-EcsInstance -Force")]
    [InlineData("Get-EcsSnapshot | Remove-EcsSnapshot -Force")]
    public void What_destroys_or_discloses_asks_and_Force_is_no_answer(string change) =>
        Assert.Equal("ConfirmationRequired", _shell.Error(change).Code());

    [Fact]
    public void ConfirmPreference_decides_what_asks()
    {
        Assert.Equal("ConfirmationRequired", _shell.Error("$ConfirmPreference = 'Low'; $image | Set-EcsImage -Description other").Code());
        Assert.Equal("asked not", _shell.Run("$ConfirmPreference = 'None'; $image | Set-EcsImage -Description 'asked not'; $ConfirmPreference = 'High'")[0].Description);
    }

    // What a deletion comes to is told as objects; nothing else is written.
    private static void AssertOnlyPlanned(IReadOnlyList<dynamic> written) =>
        Assert.All(written, static o => Assert.Equal("EcsImageDependency", ((PSObject)o).BaseObject.GetType().Name));
}
