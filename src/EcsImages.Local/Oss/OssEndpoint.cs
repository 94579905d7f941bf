using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Signing;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oss;

/// <summary>OSS: a request with a stream in, a reply with a stream out. Knows nothing of who carries either.</summary>
/// <param name="store">Where everything is.</param>
/// <param name="keys">Finds whose an access key is.</param>
/// <param name="hosts">Which names buckets are found under.</param>
/// <param name="checks">Which checks of signatures are made.</param>
/// <param name="failed">Hears of defects: the id of the request, and what went wrong.</param>
/// <param name="catchUp">Carries out what is due before a request sees the store.</param>
internal sealed class OssEndpoint(
    OssStore store, Func<string, Caller?> keys, OssHosts hosts, SignatureChecks checks, Action<string, Exception>? failed = null,
    Func<string, CancellationToken, Task>? catchUp = null)
{
    private readonly OssRights _rights = new(new Authorizer(store.Database));
    private readonly OssAuthenticator _authenticator = new(keys, store.Database.Clock, checks);

    public OssHosts Hosts => hosts;

    /// <summary>The same store under further names.</summary>
    public OssEndpoint Under(OssHosts names) => new(store, keys, names, checks, failed, catchUp);

    /// <exception cref="IOException">The body of the request broke off. Nothing of it is left, and nobody waits for a reply.</exception>
    public async Task<OssReply> AnswerAsync(OssRequest request, CancellationToken stop)
    {
        var id = NewId();
        var started = Stopwatch.GetTimestamp();
        var body = new IncomingBody(request.Body);
        var reply = await PerformAsync(request with { Body = body }, id, body, stop).ConfigureAwait(false);
        return Mark(reply, id).With("x-oss-server-time", (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>A refusal of what whoever carries requests does not let through.</summary>
    public OssReply Refuse(OssRequest request, OssError error)
    {
        var id = NewId();
        return Mark(OssRefusal.Of(request, id, error), id);
    }

    /// <summary>What a request says of itself, before anybody judges it; null where it says nothing that can be read.</summary>
    public (string? Operation, OssAddress? Address, string? AccessKeyId) Describe(OssRequest request)
    {
        var address = Try(() => hosts.Read(request.Host, request.Path)[0]);
        var operation = address is null ? null : Try(() => OssOperations.Find(new OssCall(request, address, null, store) { Rights = _rights }).Name);
        return (operation, address, Try(() => OssAuthorization.Of(request)?.KeyId));

        static T? Try<T>(Func<T?> find) where T : class
        {
            try
            {
                return find();
            }
            catch (OssError)
            {
                return null;
            }
        }
    }

    private static string NewId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    private OssReply Mark(OssReply reply, string id) => reply
        .With("Server", "AliyunOSS")
        .With("Date", store.Database.Clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture))
        .With("x-oss-request-id", id);

    private async Task<OssReply> PerformAsync(OssRequest request, string id, IncomingBody body, CancellationToken stop)
    {
        OssOperation? operation = null;
        try
        {
            var (caller, address) = _authenticator.Authenticate(request, hosts.Read(request.Host, request.Path));
            var call = new OssCall(request, address, caller, store) { Rights = _rights };
            operation = OssOperations.Find(call);
            _rights.Check(call, operation);
            if (catchUp is not null) await catchUp(id, stop).ConfigureAwait(false);
            var reply = await operation.RunAsync(call, stop).ConfigureAwait(false);
            CallWatch.Tell(new WatchedCall("oss", operation.Name, null, [], []));
            return reply;
        }
        catch (OssError e)
        {
            if (operation is not null) CallWatch.Tell(new WatchedCall("oss", operation.Name, e.Code, [], []));
            return OssRefusal.Of(request, id, e);
        }
        catch (SqliteException e)
        {
            failed?.Invoke(id, e);
            return OssRefusal.Of(request, id, OssError.Of("InternalError", ("Detail", StoreFault.Explain(e, store.Database.Folder).Message)));
        }
#pragma warning disable CA1031 // The edge of the endpoint: a defect in an operation is a reply too, and is reported to the hook.
        catch (Exception e) when (!body.IsBroken && e is not OutOfMemoryException && !(e is OperationCanceledException && stop.IsCancellationRequested))
#pragma warning restore CA1031
        {
            failed?.Invoke(id, e);
            return OssRefusal.Of(request, id, OssError.Of("InternalError", ("Detail", e.GetType().Name)));
        }
    }
}
