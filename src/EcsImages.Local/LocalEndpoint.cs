using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Local.Contents;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;
using EcsImages.Local.Store;
using EcsImages.Local.Work;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local;

/// <summary>One open folder, and the API on top of it.</summary>
internal sealed class LocalEndpoint : ILocalEndpoint
{
    private readonly Database _database;
    private readonly DiskContents _contents;

    private LocalEndpoint(Database database, SignatureChecks checks)
    {
        _database = database;
        _contents = new DiskContents(database);
        Worker = new ByteWorker(database, _contents);
        Dispatcher = new Dispatcher(database, _contents, checks: checks, worker: Worker);
        Oss = new OssEndpoint(new OssStore(database, _contents), Dispatcher.FindKey, OssHosts.Default, checks, catchUp: Dispatcher.CatchUpAsync);
    }

    public Dispatcher Dispatcher { get; }

    public OssEndpoint Oss { get; }

    /// <summary>Moves the bytes of imports and exports.</summary>
    public ByteWorker Worker { get; }

    /// <exception cref="LocalEndpointException">The folder cannot be used.</exception>
    public static LocalEndpoint Open(LocalEndpointOptions options, CancellationToken stop, SignatureChecks? checks = null)
    {
        var endpoint = new LocalEndpoint(Database.Open(options), checks ?? SignatureChecks.All);
        var isOpen = false;
        try
        {
            endpoint._contents.Recover(stop);
            endpoint.Worker.LookAfterOpening();
            isOpen = true;
            return endpoint;
        }
        catch (SqliteException e)
        {
            throw StoreFault.Explain(e, options.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalEndpointException("LocalFolderInvalid", $"The disks in {options.Path} cannot be used: {e.Message}", e);
        }
        finally
        {
            if (!isOpen) endpoint.Close();
        }
    }

    public HttpMessageHandler CreateHandler() => new LocalHandler(Dispatcher, Oss);

    public Task<LocalAccount> OpenAccountAsync(string name, CancellationToken stop) => Task.Run(() =>
    {
        try
        {
            return Accounts.Open(_database, name);
        }
        catch (SqliteException e)
        {
            throw StoreFault.Explain(e, _database.Folder);
        }
    }, stop);

    /// <summary>Knows a further key of an account, which is made if it is not there; the key is not stored.</summary>
    public async Task AddKeyAsync(AcsCredential key, string accountName, CancellationToken stop)
    {
        var account = await OpenAccountAsync(accountName, stop).ConfigureAwait(false);
        Dispatcher.AddKey(account with { Credential = key });
    }

    /// <summary>Issues a session of a role, as an instance gets it that has the role; null where the account has no such role.</summary>
    /// <param name="account">The account's id.</param>
    /// <param name="role">Its name.</param>
    /// <param name="name">A name for the session.</param>
    /// <param name="duration">How long it lasts.</param>
    /// <param name="stop">Cancels the call.</param>
    public Task<AcsCredential?> IssueSessionAsync(string account, string role, string name, TimeSpan duration, CancellationToken stop) => Task.Run(() =>
    {
        using var session = _database.Write();
        if (RamRoles.Find(session, account, role) is not { } found) return null;
        var issued = StsSessions.Issue(session, found, name, policy: null, (int)duration.TotalSeconds);
        session.Commit();
        return issued.Credential;
    }, stop);

    /// <summary>Forgets everything but the accounts and their keys.</summary>
    public Task ResetAsync(CancellationToken stop) => Task.Run(() =>
    {
        using (var session = _database.Write()) StoreReset.Run(session);
        _contents.Collect(stop);
    }, stop);

    /// <summary>The accounts that there are.</summary>
    public Task<IReadOnlyList<LocalAccount>> AccountsAsync(CancellationToken stop) => Task.Run(() =>
    {
        using var session = _database.Read();
        return Accounts.All(session);
    }, stop);

    public Task<LocalAccount> OpenUserAsync(string account, string user, string? policyDocument, CancellationToken stop) => Task.Run(() =>
    {
        try
        {
            return RamUsers.Open(_database, account, user, policyDocument);
        }
        catch (SqliteException e)
        {
            throw StoreFault.Explain(e, _database.Folder);
        }
    }, stop);

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync().ConfigureAwait(false);
        Close();
    }

    // The lock on the contents goes after their last write, and that before the database.
    private void Close()
    {
        _contents.Dispose();
        _database.Dispose();
    }
}
