namespace EcsImages.PowerShell.Tests.Transfer;

/// <summary>The roles by which the service reaches buckets, made by the lines that the help and docs/image-files.md have.</summary>
public sealed class ServiceRoleTests : IDisposable
{
    private static readonly string[] Ways = ["Import", "Export"];
    private readonly TransferWorld _world = new();

    private TestShell Shell => _world.Shell;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void The_lines_of_the_help_make_the_roles_that_imports_and_exports_need()
    {
        var disk = _world.MakeVmdk();
        // The account has the roles from the beginning: the lines make others of the same kind.
        var error = Shell.Error($"Import-EcsImage '{disk}' -Name web -RoleName MadeImportRole -Wait");
        Assert.Equal("NoSetRoletoECSServiceAcount", error.Code());
        foreach (var way in Ways)
        {
            Assert.Contains($"Get-Help {way}-EcsImage", error.Advice(), StringComparison.Ordinal);
            foreach (var line in OfHelp(way)) Shell.Run($"$ConfirmPreference = 'None'; $null = {line.Replace($"AliyunECSImage{way}DefaultRole", $"Made{way}Role", StringComparison.Ordinal)}");
        }
        Assert.Equal("Available", Shell.Text($"(Import-EcsImage '{disk}' -Name web -RoleName MadeImportRole -Wait).Status"));
        Shell.Run($"$null = Get-EcsImage -Name web | Export-EcsImage -Destination '{_world.In("web.qcow2")}' -RoleName MadeExportRole -Wait");
        Assert.True(_world.HoldSame(disk, _world.In("web.qcow2")));
    }

    [Fact]
    public void The_page_has_the_lines_of_the_help()
    {
        var page = File.ReadAllLines(Path.Combine(StagedModule.RepositoryRoot, "docs", "image-files.md"));
        Assert.Equal([.. Ways.SelectMany(static w => OfHelp(w))], (string[])[.. page.Select(static l => l.Trim()).Where(static l => l.StartsWith("Invoke-EcsApi ", StringComparison.Ordinal))]);
    }

    private static string[] OfHelp(string way)
    {
        string[] lines = [.. HelpPages.All[$"{way}-EcsImage"].At("description").Select(static d => d.Text("Text").Trim()).Where(static t => t.StartsWith("Invoke-EcsApi ", StringComparison.Ordinal))];
        Assert.Equal(2, lines.Length);
        return lines;
    }
}
