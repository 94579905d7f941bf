using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

/// <summary>The module against the emulator over HTTP: as with -Local, but for how one connects.</summary>
public sealed class EmulatorTests
{
    [Fact]
    public async Task The_quickstart_says_the_same_over_HTTP_as_with_Local()
    {
        var sample = await File.ReadAllTextAsync(Path.Combine(StagedModule.RepositoryRoot, "samples", "quickstart.ps1"));
        using var emulator = await EmulatorProcess.StartAsync("--access-key", "LTAIbuilder:builderSecret:builder", "--access-key", "LTAIpartner:partnerSecret:partner");
        var overHttp = sample;
        foreach (var account in (string[])["builder", "partner"])
        {
            var local = $"Connect-EcsAccount -Local -Path $folder -Account {account} -RegionId cn-hangzhou";
            Assert.Contains(local, overHttp, StringComparison.Ordinal);
            overHttp = overHttp.Replace(local, Connect(emulator, $"LTAI{account}", $"{account}Secret"), StringComparison.Ordinal);
        }
        overHttp = overHttp.Replace("[IO.Directory]::Delete($folder, $true)", "", StringComparison.Ordinal);
        Assert.DoesNotContain("-Local", Code(overHttp), StringComparison.Ordinal);
        using var shell = new TestShell(connect: false);
        var said = Texts(shell.Run(overHttp));
        Assert.Equal("Done.", said[^1]);
        // Copies are told of as they end.
        Assert.Equal(Texts(shell.Run(sample)).Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_line_that_the_emulator_prints_for_PowerShell_connects()
    {
        using var emulator = await EmulatorProcess.StartAsync();
        var line = emulator.Guide.Split('\n').Single(static l => l.TrimStart().StartsWith("Connect-EcsAccount", StringComparison.Ordinal));
        using var shell = new TestShell(connect: false);
        var context = shell.Run(line)[0];
        Assert.Equal("cn-hangzhou", (string)context.RegionId);
        Assert.Equal(1, shell.Run("@(Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest).Count")[0]);
    }

    [Fact]
    public async Task Errors_over_HTTP_are_those_of_Local()
    {
        using var emulator = await EmulatorProcess.StartAsync("--access-key", "LTAIbuilder:builderSecret:builder");
        using var shell = new TestShell();
        foreach (var script in (string[])["Get-EcsImage m-bp1doesnotexist", "Remove-EcsImage m-bp1doesnotexist -Confirm:$false", "New-EcsCustomImage -InstanceId i-bp1doesnotexist -Name x"])
        {
            var local = shell.Error(script);
            shell.Run($"$http = {Connect(emulator, "LTAIbuilder", "builderSecret")}");
            var overHttp = shell.Error($"{script} -Context $http");
            Assert.Equal((local.FullyQualifiedErrorId, local.CategoryInfo.Category), (overHttp.FullyQualifiedErrorId, overHttp.CategoryInfo.Category));
            shell.Run("$null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 100");
        }
    }

    [Fact]
    public async Task A_key_that_the_emulator_does_not_know_is_told_and_not_asked_again()
    {
        using var emulator = await EmulatorProcess.StartAsync();
        using var shell = new TestShell(connect: false);
        var error = shell.Error(Connect(emulator, "LTAInobodyHasThis", "secretOfNobody"));
        Assert.StartsWith("InvalidAccessKeyId.NotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("secretOfNobody", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emulator_that_has_gone_is_a_connection_error()
    {
        string address;
        using (var emulator = await EmulatorProcess.StartAsync()) address = emulator.Address;
        using var shell = new TestShell(connect: false);
        var error = shell.Error($"Connect-EcsAccount -Endpoint {address} -RegionId cn-hangzhou -Credential ([pscredential]::new('a', [Net.NetworkCredential]::new('', 'b').SecurePassword))");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
    }

    private static string Connect(EmulatorProcess emulator, string id, string secret) =>
        $"Connect-EcsAccount -Endpoint {emulator.Address} -RegionId cn-hangzhou -Credential ([pscredential]::new('{id}', [Net.NetworkCredential]::new('', '{secret}').SecurePassword))";

    private static string Code(string script) => string.Join('\n', script.Split('\n').Where(static l => !l.TrimStart().StartsWith('#')));

    private static string[] Texts(IReadOnlyList<dynamic> output) => [.. output.Select(static o => PSObject.AsPSObject((object)o).BaseObject).OfType<string>()];
}
