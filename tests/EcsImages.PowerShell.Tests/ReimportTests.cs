namespace EcsImages.PowerShell.Tests;

/// <summary>Import-Module -Force and Remove-Module, as people use them who try a new build.</summary>
public sealed class ReimportTests
{
    private const string Connect = "$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 100";

    // Cmdlets, and the types of the module: its converter lets a day be compared with a date.
    private const string Use = """
        $ended = @(Get-EcsImage -ImageType Public | Where-Object { $null -ne $_.EndOfLife } | Where-Object EndOfLife -lt ([datetime]::new(2020, 1, 1)))
        $kept = @(Get-EcsImage -ImageType Public | Where-Object EndOfLife -gt ([datetime]::new(2020, 1, 1)))
        "$($ended.Count -gt 0) $($kept.Count -gt 0) $($kept[0].PSStandardMembers.DefaultDisplayPropertySet.ReferencedPropertyNames -contains 'ImageId')"
        """;

    [Fact]
    public void The_module_works_after_each_import_with_Force_and_after_a_removal()
    {
        using var shell = new TestShell();
        shell.Run($"$manifest = '{StagedModule.Manifest}'");
        Assert.Equal("True True True", shell.Text(Use));
        for (var time = 0; time < 2; time++)
        {
            shell.Run($"Import-Module $manifest -Force; {Connect}");
            Assert.Equal("True True True", shell.Text(Use));
        }
        shell.Run("Remove-Module EcsImage");
        Assert.Equal("CommandNotFoundException", shell.Error("Get-EcsImage").FullyQualifiedErrorId);
        shell.Run($"Import-Module $manifest; {Connect}");
        Assert.Equal("True True True", shell.Text(Use));
    }

    [Fact]
    public void A_removal_closes_the_embedded_endpoints_of_the_session()
    {
        using var shell = new TestShell();
        shell.MakeImage();
        Assert.NotEmpty(OpenFiles(shell));
        shell.Run("Remove-Module EcsImage");
        Assert.Empty(OpenFiles(shell));
        shell.Run($"Import-Module '{StagedModule.Manifest}'");
        Assert.Equal("NoContext", shell.Error("Get-EcsContext").Code());
        shell.Run(Connect);
        Assert.Equal("base", shell.Text("(Get-EcsImage -ImageType Custom).Name"));
    }

    [Fact]
    public void A_removal_leaves_the_endpoints_of_other_sessions_open()
    {
        using var shell = new TestShell();
        using var other = new TestShell();
        other.Run("Remove-Module EcsImage");
        Assert.Equal("us", shell.Text("(Get-EcsContext).Name"));
        Assert.NotEmpty(shell.Run("Get-EcsRegion"));
        other.Run($"Import-Module '{StagedModule.Manifest}'");
    }

    // The log of the database and the lock of the disks are there for as long as somebody has them open.
    private static string[] OpenFiles(TestShell shell) =>
        [.. Directory.GetFiles(shell.Folder, "*", SearchOption.AllDirectories).Where(static f => f.EndsWith("-wal", StringComparison.Ordinal) || f.EndsWith(".lock", StringComparison.Ordinal))];
}
