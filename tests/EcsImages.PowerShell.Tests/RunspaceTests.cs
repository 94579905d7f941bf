using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

/// <summary>Who one is in runspaces beside that in which one has connected: ForEach-Object -Parallel, thread jobs, hosts with several.</summary>
public sealed class RunspaceTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private const string Import = "Import-Module $using:manifest;";

    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void A_parallel_block_does_not_act_as_whatever_account_the_machine_has()
    {
        using var home = new EmptyHome(("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIenv"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret"), ("ALIBABA_CLOUD_REGION_ID", "cn-hangzhou"));
        var error = _shell.Error($"{Manifest} $image.ImageId | ForEach-Object -Parallel {{ {Import} Remove-EcsImage $_ -Confirm:$false }}");
        Assert.Equal(("ContextOfOtherRunspace", ErrorCategory.AuthenticationError), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("-Context $using:context", error.Advice(), StringComparison.Ordinal);
        Assert.Single(_shell.Run("$image | Get-EcsImage"));
    }

    [Fact]
    public void A_context_that_is_handed_in_is_used_by_all_parallel_blocks()
    {
        _shell.Run("$context = Get-EcsContext");
        var names = _shell.Texts($$"""
            {{Manifest}} 1..4 | ForEach-Object -ThrottleLimit 2 -Parallel { {{Import}}
                $copy = Copy-EcsImage $using:image.ImageId cn-beijing -Name "parallel-$_" -Wait -Context $using:context
                "$($copy.Name) $($copy.RegionId) $($copy.ContextAccountId -eq $using:context.AccountId)"
            }
            """);
        Assert.Equal(Enumerable.Range(1, 4).Select(static i => $"parallel-{i} cn-beijing True"), names.Order());
    }

    [Fact]
    public void A_runspace_that_is_connected_itself_is_who_it_is()
    {
        var account = _shell.Text($$"""{{Manifest}} 1 | ForEach-Object -Parallel { {{Import}} $null = Connect-EcsAccount -Local -Path $using:folder -Account other -RegionId cn-beijing; (Get-EcsContext).Name }""");
        Assert.Equal("other", account);
        Assert.Equal("us", _shell.Text("(Get-EcsContext).Name"));
    }

    private static string Manifest => $"$manifest = '{StagedModule.Manifest}';";
}
