using System.Management.Automation;
using System.Management.Automation.Language;

namespace EcsImages.PowerShell.Tests;

/// <summary>Every cmdlet on its longest way, as a RAM user who may do what Get-EcsRamPolicy says and no more: what a cmdlet declares is enough.</summary>
public abstract class LeastPolicyTests(SharedShell shared, string narrowing) : IClassFixture<SharedShell>
{
    private readonly TestShell _shell = shared.Shell;

    [Theory]
    [MemberData(nameof(CallsTests.Ways), MemberType = typeof(CallsTests))]
    public void A_cmdlet_works_under_the_policy_that_is_made_for_it(string cmdlet, string way)
    {
        _shell.Run("""
            $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000
            $disk = $instance | Get-EcsDisk -DiskType data; $snapshot = $disk | New-EcsSnapshot -Wait
            $friend = Connect-EcsAccount -Local -Path $folder -Account friend -RegionId cn-hangzhou; $null = Disconnect-EcsAccount $friend
            """);
        if (way.Contains("$task", StringComparison.Ordinal)) TaskWorld.MakeTask(_shell);
        var declares = ConventionCmdlets.All.Single(c => c.Name == cmdlet).Calls()!;
        // What calls any operation is told it by the script.
        File.WriteAllText(Path.Combine(_shell.Folder, "way.ps1"), way);
        var source = declares.Contains("*") ? "-Path \"$folder/way.ps1\"" : $"-Cmdlet {cmdlet}";
        _shell.Run($$"""
            $policy = Get-EcsRamPolicy {{source}} {{narrowing}}
            $as = if ($policy) { @{ UserName = 'builder'; PolicyDocument = $policy } } else { @{ UserName = 'nobody' } }
            $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000 @as
            """);
        // What only prepares the way is done by the account's owner.
        var preparing = string.Join("; ", Others(cmdlet, way).Select(static other => $"$PSDefaultParameterValues['{other}:Context'] = $us"));
        var run = _shell.Try($"{preparing}; {way.Replace(cmdlet, $"{cmdlet} -Verbose", StringComparison.Ordinal)}");
        _shell.Run("$PSDefaultParameterValues.Clear()");
        Assert.Empty(run.Errors.Where(IsRefusal).Select(static e => e.Text()));
        Assert.False(run.Terminating is { } end && IsRefusal(end.ErrorRecord), run.Terminating?.Message);
        Assert.True(declares.Count == 0 || run.Verbose.Any(static v => v.Contains(", RequestId ", StringComparison.Ordinal)), string.Join('\n', run.Errors));
    }

    private static IEnumerable<string> Others(string cmdlet, string way) =>
        Parser.ParseInput(way, out _, out _).FindAll(static a => a is CommandAst, searchNestedScriptBlocks: true).Select(static a => ((CommandAst)a).GetCommandName())
            .Where(name => name != cmdlet && ConventionCmdlets.All.Any(c => c.Name == name && c.Parameters.ContainsKey("Context") && c.Calls()!.Count > 0)).Distinct();

    internal static bool IsRefusal(ErrorRecord error) => error.Code() is "Forbidden.RAM" or "NoPermission" or "User.NoPermission";
}

public sealed class LeastPolicyOfAnywhereTests(SharedShell shared) : LeastPolicyTests(shared, "");

public sealed class LeastPolicyOfOneAccountTests(SharedShell shared) : LeastPolicyTests(shared, "-AccountId $us.AccountId");
