using EcsImages.Core;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local;

/// <summary>One open folder, and the API on top of it.</summary>
internal sealed class LocalEndpoint(Database database) : ILocalEndpoint
{
    public Dispatcher Dispatcher { get; } = new(database);

    public HttpMessageHandler CreateHandler() => new LocalHandler(Dispatcher);

    public Task<LocalAccount> OpenAccountAsync(string name, CancellationToken stop) => Task.Run(() =>
    {
        try
        {
            return Accounts.Open(database, name);
        }
        catch (SqliteException e)
        {
            throw StoreFault.Explain(e, database.Folder);
        }
    }, stop);

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }
}
