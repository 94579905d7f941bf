using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class RamPolicyOfScriptTests : IDisposable
{
    private readonly TestShell _shell = new(connect: false);
    private readonly string _folder = Directory.CreateTempSubdirectory("ecsimage-scripts-").FullName;

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Get-EcsDisk", "Get-EcsDisk")]
    [InlineData("get-ecsdisk -AllRegion | New-EcsSnapshot -Wait", "Get-EcsDisk New-EcsSnapshot")]
    [InlineData("function f { if ($a) { try { Copy-EcsImage m-1 cn-beijing } finally { EcsImage\\Remove-EcsImage m-1 } } }", "Copy-EcsImage Remove-EcsImage")]
    [InlineData("1..3 | ForEach-Object { & { Get-EcsDisk } }; $x = \"$(Get-EcsRegion)\"", "Get-EcsDisk Get-EcsRegion")]
    [InlineData("class C { [void] M() { Get-EcsDisk } }", "Get-EcsDisk")]
    [InlineData("Set-Alias cpi Copy-EcsImage; cpi m-1 cn-beijing", "Copy-EcsImage")]
    [InlineData("New-Alias -Value Get-EcsDisk -Name disks -Force; disks", "Get-EcsDisk")]
    [InlineData("& 'Get-EcsDisk'; . Get-EcsRegion", "Get-EcsDisk Get-EcsRegion")]
    [InlineData("Get-ChildItem | Where-Object Name -eq 'Copy-EcsImage'; 'Remove-EcsImage' # Get-EcsRegion\nGet-EcsDisk", "Get-EcsDisk")]
    public void A_script_is_looked_through_to_its_last_block(string script, string cmdlets)
    {
        var run = _shell.Try($"Get-EcsRamPolicy -Path '{Script(script)}'");
        Assert.Empty(run.Errors);
        Assert.Empty(run.Warnings);
        Assert.Equal(cmdlets.Split(' '), (IEnumerable<string>)run.Output.Single()!.Cmdlets);
    }

    [Theory]
    [InlineData("Get-EcsDisk\n  & $cmd -x", "a.ps1:2:3: & $cmd -x")]
    [InlineData("Get-EcsDisk; Invoke-Expression 'Copy-EcsImage m-1'", "a.ps1:1:14: Invoke-Expression")]
    [InlineData("Get-EcsDisk; iex $text", "a.ps1:1:14: ")]
    [InlineData("Get-EcsDisk; . ./common.ps1", "./common.ps1")]
    [InlineData("Get-EcsDisk; [scriptblock]::Create($text).Invoke()", "script block")]
    public void What_cannot_be_seen_in_the_text_is_warned_about(string script, string warning)
    {
        var run = _shell.Try($"Get-EcsRamPolicy -Path '{Script(script)}'");
        Assert.Contains(warning, Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal(["Get-EcsDisk"], (IEnumerable<string>)run.Output.Single()!.Cmdlets);
    }

    [Theory]
    [InlineData("Invoke-EcsApi DescribeZones", "ecs:DescribeZones")]
    [InlineData("Invoke-EcsApi -Verbose DescribeKeyPairs -All", "ecs:DescribeKeyPairs")]
    [InlineData("Invoke-EcsApi @{ ImageId = 'm-1' } -Operation:'DeleteImage' -Confirm:$false", "ecs:DeleteImage")]
    [InlineData("Invoke-EcsApi -RegionId cn-beijing -Prod oos -Op ListExecutions", "oos:ListExecutions")]
    [InlineData("Invoke-EcsApi AssumeRole -Product sts; Invoke-EcsApi GetCallerIdentity -Product sts", "sts:AssumeRole")]
    public void An_operation_that_is_named_to_Invoke_EcsApi_is_in_the_policy(string script, string action)
    {
        var run = _shell.Try($"Get-EcsRamPolicy -Path '{Script(script)}'");
        Assert.Empty(run.Warnings);
        Assert.Equal([action], (IEnumerable<string>)run.Output.Single()!.Actions);
    }

    [Theory]
    [InlineData("Invoke-EcsApi $operation")]
    [InlineData("Invoke-EcsApi -Operation \"Describe$what\"")]
    [InlineData("Invoke-EcsApi DescribeZones -Product $product")]
    [InlineData("Invoke-EcsApi @how")]
    public void An_operation_that_is_made_up_when_the_script_runs_is_warned_about(string script) =>
        Assert.Contains(_shell.Try($"Get-EcsRamPolicy -Path '{Script(script)}'").Warnings, static w => w.Contains("a.ps1:1:1: the operation of Invoke-EcsApi", StringComparison.Ordinal));

    [Fact]
    public void A_script_is_never_run()
    {
        var trace = Path.Combine(_folder, "trace");
        _shell.Run($"Get-EcsRamPolicy -Path '{Script($"[IO.File]::WriteAllText('{trace}', 'ran'); Get-EcsDisk")}'");
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void A_script_that_does_not_parse_is_an_error_with_its_place_and_the_others_go_on()
    {
        Script("Get-EcsDisk", "good.ps1");
        var bad = Script("Get-EcsRegion\n  if (", "bad.ps1");
        var run = _shell.Try($"Get-EcsRamPolicy -Path '{_folder}/*.ps1'");
        var error = Assert.Single(run.Errors);
        Assert.Equal(("ScriptParseError", ErrorCategory.ParserError, bad), (error.Code(), error.CategoryInfo.Category, error.TargetObject));
        Assert.StartsWith($"{bad}:2:", error.Text(), StringComparison.Ordinal);
        Assert.Equal(["Get-EcsDisk"], (IEnumerable<string>)run.Output.Single()!.Cmdlets);
    }

    [Theory]
    [InlineData("-Path")]
    [InlineData("-LiteralPath")]
    public void A_file_that_is_not_there_is_an_error(string parameter) =>
        Assert.Equal(ErrorCategory.ObjectNotFound, _shell.Error($"Get-EcsRamPolicy {parameter} '{_folder}/none.ps1'").CategoryInfo.Category);

    [Fact]
    public void A_literal_path_is_taken_as_it_is()
    {
        var file = Script("Get-EcsDisk", "a[1].ps1");
        Assert.Equal(["Get-EcsDisk"], (IEnumerable<string>)_shell.Run($"Get-EcsRamPolicy -LiteralPath '{file}'").Single().Cmdlets);
        Assert.Equal(["Get-EcsDisk"], (IEnumerable<string>)_shell.Run($"[pscustomobject]@{{ PSPath = '{file}' }} | Get-EcsRamPolicy").Single().Cmdlets);
    }

    [Fact]
    public void An_alias_of_the_session_is_followed() => Assert.Equal(["Get-EcsDisk"], (IEnumerable<string>)_shell.Run(
        $"$null = $ExecutionContext.InvokeProvider.Item.New('Alias:', 'disks', 'Alias', 'Get-EcsDisk'); Get-EcsRamPolicy -Path '{Script("disks")}'").Single().Cmdlets);

    private string Script(string text, string name = "a.ps1")
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
