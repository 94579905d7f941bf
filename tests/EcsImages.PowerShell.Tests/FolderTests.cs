using System.Buffers.Binary;
using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class FolderTests : IDisposable
{
    private readonly TestShell _shell = new(speed: 10_000);

    private string Database => Path.Combine(_shell.Folder, "ecs.db");

    [Fact]
    public void A_file_where_the_folder_should_be_is_said_to_be_one()
    {
        var file = Path.Combine(_shell.Folder, "a-file");
        File.WriteAllText(file, "");
        Refused("LocalFolderInvalid", file, "is a file");
    }

    [Fact]
    public void A_database_of_a_newer_version_is_not_touched()
    {
        _shell.Run("Disconnect-EcsAccount -All");
        using (var file = File.OpenWrite(Database))
        {
            // The user version stands at offset 60 of an SQLite file.
            Span<byte> version = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(version, 9999);
            file.Position = 60;
            file.Write(version);
        }
        Refused("LocalFolderNewer", _shell.Folder, "newer");
    }

    [Fact]
    public void A_damaged_database_is_said_to_be_damaged()
    {
        _shell.Run("Disconnect-EcsAccount -All");
        File.WriteAllText(Database, new string('x', 8192));
        Refused("LocalFolderDamaged", _shell.Folder, "damaged");
    }

    [Fact]
    public void Two_runspaces_and_two_accounts_work_on_one_folder()
    {
        _shell.MakeImage();
        using var other = new TestShell(connect: false);
        other.Run($"$us = Connect-EcsAccount -Local -Path '{_shell.Folder}' -Account us -RegionId cn-hangzhou");
        Assert.Equal("base", Assert.Single(other.Run("Get-EcsImage -ImageType Custom")).Name);
        other.Run("Get-EcsImage -ImageType Custom | Set-EcsImage -Description 'from the other'");
        Assert.Equal("from the other", _shell.Run("$image | Get-EcsImage")[0].Description);
        other.Run("Disconnect-EcsAccount -All");
        Assert.Single(_shell.Run("$image | Get-EcsImage"));
    }

    [Fact]
    public void A_context_may_be_handed_to_another_runspace_but_sessions_are_not_shared()
    {
        _shell.MakeImage();
        using var other = new TestShell(connect: false);
        using var home = new EmptyHome();
        other.Runspace.SessionStateProxy.SetVariable("context", ((PSObject)_shell.Run("$us")[0]).BaseObject);
        other.Runspace.SessionStateProxy.SetVariable("image", ((PSObject)_shell.Run("$image")[0]).BaseObject);
        Assert.Equal("base", Assert.Single(other.Run("$image | Get-EcsImage -Context $context")).Name);
        Assert.Empty(other.Run("Get-EcsContext -All"));
        Assert.Equal("ContextNotFound", other.Error("$image | Get-EcsImage").Code());
        Assert.Equal("ContextOfOtherRunspace", other.Error("Get-EcsImage").Code());
    }

    public void Dispose() => _shell.Dispose();

    private void Refused(string code, string path, string text)
    {
        var error = _shell.Error($"Connect-EcsAccount -Local -Path '{path}' -Account us");
        Assert.Equal((code, ErrorCategory.ResourceUnavailable), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(path, error.Text(), StringComparison.Ordinal);
        Assert.Contains(text, error.Text(), StringComparison.OrdinalIgnoreCase);
    }
}
