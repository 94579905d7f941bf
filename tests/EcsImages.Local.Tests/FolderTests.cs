using EcsImages.Core;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Tests;

public sealed class FolderTests
{
    [Fact]
    public async Task A_folder_of_a_newer_version_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(endpoint.Folder, "ecs.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 9999";
            command.ExecuteNonQuery();
        }
        var error = await Assert.ThrowsAsync<LocalEndpointException>(() => endpoint.OpenAsync());
        Assert.Equal("LocalFolderNewer", error.Code);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_called_damaged()
    {
        await using var endpoint = new TestEndpoint();
        Directory.CreateDirectory(endpoint.Folder);
        await File.WriteAllTextAsync(Path.Combine(endpoint.Folder, "ecs.db"), new string('x', 8192));
        var error = await Assert.ThrowsAsync<LocalEndpointException>(() => endpoint.OpenAsync());
        Assert.Equal("LocalFolderDamaged", error.Code);
        Assert.Contains(endpoint.Folder, error.Message);
    }

    [Fact]
    public async Task A_path_that_is_a_file_is_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            var error = await Assert.ThrowsAsync<LocalEndpointException>(
                () => new LocalEndpointFactory().OpenAsync(new() { Path = file }, CancellationToken.None));
            Assert.Equal("LocalFolderInvalid", error.Code);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_new_folder_is_the_owners_alone()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(endpoint.Folder));
    }

    [Fact]
    public async Task Endpoints_that_open_a_new_folder_at_once_share_it()
    {
        await using var endpoint = new TestEndpoint();
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            new LocalEndpointFactory().OpenAsync(new() { Path = endpoint.Folder, Clock = endpoint.Clock }, CancellationToken.None)));
        var accounts = await Task.WhenAll(opened.Select(static e => e.OpenAccountAsync("main", CancellationToken.None)));
        Assert.Single(accounts.Select(static a => a.AccountId).Distinct());
        foreach (var one in opened) await one.DisposeAsync();
    }

    [Fact]
    public async Task An_account_keeps_its_key_after_a_restart()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var before = await endpoint.Endpoint.OpenAccountAsync("main", CancellationToken.None);
        await endpoint.Endpoint.DisposeAsync();
        var after = await (await endpoint.OpenAsync()).OpenAccountAsync("main", CancellationToken.None);
        Assert.Equal(before, after);
        Assert.Matches("^[1-9][0-9]{15}$", after.AccountId);
    }

    [Fact]
    public async Task Time_never_goes_back()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImage(client, "web", static i => i with { Duration = TimeSpan.FromMinutes(1) });
        endpoint.Clock.Advance(TimeSpan.FromMinutes(2));
        endpoint.AddImage(client, "later");
        endpoint.Clock.Advance(TimeSpan.FromMinutes(-2));
        Assert.Equal(2, (await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"))).TotalCount);
    }

    [Fact]
    public async Task Two_endpoints_on_one_folder_see_the_same()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var first = await endpoint.ClientAsync();
        using var second = await endpoint.ClientAsync("main", await endpoint.OpenAsync());
        endpoint.AddImage(first, "web");
        Assert.Equal(1, (await second.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"))).TotalCount);
    }
}
