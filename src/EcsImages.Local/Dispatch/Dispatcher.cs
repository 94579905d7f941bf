using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Core;
using EcsImages.Core.Contract;
using EcsImages.Local.Contents;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Due;
using EcsImages.Local.Ecs.Building.Executions;
using EcsImages.Local.Ecs.Detection;
using EcsImages.Local.Ecs.Exports;
using EcsImages.Local.Ecs.Imports;
using EcsImages.Local.Oos.Executions;
using EcsImages.Local.Store;
using EcsImages.Local.Work;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Dispatch;

/// <summary>A request in, checked against signature and contract; a reply out. Knows nothing of who carries either.</summary>
internal sealed class Dispatcher(Database database, DiskContents contents, Action<string, Exception>? failed = null, SignatureChecks? checks = null, ByteWorker? worker = null)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Authenticator _authenticator = new(database, checks ?? SignatureChecks.All);
    private readonly Authorizer _authorizer = new(database);
    private readonly Agenda _agenda = Work(database, contents, new DiskLooks(database, contents));

    private static Agenda Work(Database database, DiskContents contents, DiskLooks looks) =>
        new(database, contents, new ExecutionWork(), new ExportWork(), new BuildWork(database, looks), new DetectionWork(database, looks));

    /// <summary>Knows a further key of an account, for as long as the endpoint is open.</summary>
    public void AddKey(LocalAccount account) => _authenticator.Add(account);

    /// <summary>Whose an access key is; null where it is nobody's.</summary>
    public Caller? FindKey(string keyId) => _authenticator.Find(keyId);

    public async Task<EndpointReply> AnswerAsync(EndpointRequest request, CancellationToken stop)
    {
        var requestId = Guid.NewGuid().ToString().ToUpperInvariant();
        ApiOperation? operation = null;
        try
        {
            var asked = Read(request, ref operation);
            var reply = await WatchAsync(asked, requestId, stop).ConfigureAwait(false);
            return Send(request, 200, requestId, $"{operation!.Name}Response", reply.Body);
        }
        catch (EndpointError e)
        {
            return Refuse(request, requestId, e, operation);
        }
        catch (SqliteException e)
        {
            failed?.Invoke(requestId, e);
            return Refuse(request, requestId, Error.Of("InternalError", StoreFault.Explain(e, database.Folder).Message), operation);
        }
#pragma warning disable CA1031 // The edge of the endpoint: a defect in an operation is a reply too, and is reported to the hook.
        catch (Exception e) when (e is not OutOfMemoryException && !(e is OperationCanceledException && stop.IsCancellationRequested))
#pragma warning restore CA1031
        {
            failed?.Invoke(requestId, e);
            return Refuse(request, requestId, Error.Of("InternalError", $"{e.GetType().Name} in {operation?.Name ?? "the dispatcher"}."), operation);
        }
    }

    private Asked Read(EndpointRequest request, ref ApiOperation? operation)
    {
        if (request.Method is not ("GET" or "POST")) throw Error.Of("UnsupportedHTTPMethod", request.Method);
        var sent = RequestParameters.Read(request);
        var action = Named(request, sent, "Action");
        var caller = IsForAnyone(action) && Authenticator.IsAnonymous(request, sent) ? Caller.Nobody : _authenticator.Authenticate(request, sent);
        var version = Named(request, sent, "Version");
        if (string.IsNullOrEmpty(version)) throw Error.Missing("Version");
        var (product, hostRegion) = Product.Find(request.Host, request.Path, version);
        if (action is null) throw Error.Missing("Action");
        if (version != product.Contract.Version) throw Error.Of("InvalidVersion", version, $"{product.Name} has {product.Contract.Version}");
        if (!product.Contract.Operations.TryGetValue(action, out operation)) throw Error.Of("InvalidAction.NotFound", action);
        if (Operations.Find(product.Name, action) is not { } implementation) throw Error.Of("UnsupportedOperation", action);
        var parameters = RequestChecker.Check(product.Contract, operation, implementation, sent);
        var asked = new Asked(implementation, product.Name, operation, parameters, caller, sent.GetValueOrDefault("RegionId") is { Length: > 0 } given ? given : hostRegion);
        _authorizer.Check(caller, product.Name, operation, parameters, asked.RegionId, request);
        return asked;
    }

    // Its token says who asks.
    private static bool IsForAnyone(string? action) => action == nameof(Sts.AssumeRoleWithOIDC);

    // Clients of the older signature may send the headers too, in a spelling of their own.
    private static string? Named(EndpointRequest request, Dictionary<string, string> sent, string what)
    {
        var (header, parameter) = (request.Header($"x-acs-{what.ToLowerInvariant()}"), sent.GetValueOrDefault(what));
        return request.Header("authorization") is null ? parameter ?? header : header ?? parameter;
    }

    private async Task<Reply> WatchAsync(Asked asked, string requestId, CancellationToken stop)
    {
        if (!CallWatch.IsOn) return await PerformAsync(asked, requestId, stop).ConfigureAwait(false);
        var (sent, read) = (asked.Parameters.Where(static p => p.Value.Length > 0).Select(static p => p.Key).ToArray(), new HashSet<string>(StringComparer.Ordinal));
        try
        {
            var reply = await PerformAsync(asked with { Parameters = new WatchedParameters(asked.Parameters, read) }, requestId, stop).ConfigureAwait(false);
            CallWatch.Tell(new WatchedCall(asked.Product, asked.Operation.Name, null, sent, read));
            return reply;
        }
        catch (EndpointError e)
        {
            CallWatch.Tell(new WatchedCall(asked.Product, asked.Operation.Name, e.Code, sent, read));
            throw;
        }
    }

    /// <summary>Carries out what is due, for those who look at the store by other ways.</summary>
    public Task CatchUpAsync(string requestId, CancellationToken stop) => UpToDateAsync(writes: false, static _ => true, requestId, stop);

    private async Task<Reply> PerformAsync(Asked asked, string requestId, CancellationToken stop)
    {
        var leases = new List<IDisposable>();
        try
        {
            if (asked.Implementation is IPreparedOperation prepared)
                foreach (var disk in await NeedsAsync(prepared, asked, requestId, stop).ConfigureAwait(false)) leases.Add(await contents.ObtainAsync(disk, stop).ConfigureAwait(false));
            if (asked.Implementation is IReadingOperation reading)
                asked = asked with { Implementation = await reading.ReadAsync(CallOf(asked, requestId), new(database, contents), stop).ConfigureAwait(false) };
            var (reply, committed) = await UpToDateAsync(asked.Implementation.Writes, s => Perform(asked, requestId, s), requestId, stop).ConfigureAwait(false);
            // What it changed is committed: what may still go wrong is no error of the call, and is finished at the next opening.
            if (committed && asked.Implementation.FreesContents) Collect(requestId);
            // It may have brought work.
            if (committed && asked.Implementation is ImportImage or ExportImage or StartImagePipelineExecution) worker?.Look();
            return reply;
        }
        finally
        {
            foreach (var lease in leases) lease.Dispose();
        }
    }

    private Task<IReadOnlyList<SyntheticDisk>> NeedsAsync(IPreparedOperation prepared, Asked asked, string requestId, CancellationToken stop) =>
        UpToDateAsync(writes: false, s => prepared.Needs(asked.ToCall(requestId, s.Now), s), requestId, stop);

    // What is due comes first: nobody sees a store that lags behind its own clock.
    private async Task<T> UpToDateAsync<T>(bool writes, Func<Session, T> work, string requestId, CancellationToken stop)
    {
        for (var hasWaited = false; ;)
        {
            var isDue = false;
            using (var session = writes ? database.Write() : database.Read())
            {
                isDue = _agenda.IsDue(session);
                if (!isDue && (hasWaited || !IsLate(session))) return work(session);
            }
            if (isDue)
            {
                if (await _agenda.AdvanceAsync(stop).ConfigureAwait(false)) Collect(requestId);
            }
            else
            {
                hasWaited = true;
                await worker!.WaitAsync(stop).ConfigureAwait(false);
            }
        }
    }

    // Whether bytes are on their way that should be there by now. Whoever asks has them moved on.
    private bool IsLate(Session session)
    {
        if (worker is null || ByteWorkRows.FirstPlannedEnd(session) is not { } end) return false;
        worker.Look();
        return end <= session.Now;
    }

    private Call CallOf(Asked asked, string requestId)
    {
        using var session = database.Read();
        return asked.ToCall(requestId, session.Now);
    }

    private static (Reply Reply, bool Committed) Perform(Asked asked, string requestId, Session session)
    {
        var implementation = asked.Implementation;
        var call = asked.ToCall(requestId, session.Now);
        var token = implementation.Writes && !call.IsDryRun ? ClientTokens.Of(call) : null;
        var hash = token is null ? "" : ClientTokens.HashOf(asked.Parameters);
        if (token is not null && ClientTokens.Find(call, token, hash, session) is { } first) return (first, false);
        var reply = implementation.Run(call, session);
        // Everything was checked and done; leaving without a commit undoes it.
        call.StopIfDryRun();
        if (token is not null) ClientTokens.Keep(call, token, hash, reply, session);
        session.Commit();
        return (reply, true);
    }

    private void Collect(string requestId)
    {
        try
        {
            contents.Collect(CancellationToken.None);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            failed?.Invoke(requestId, e);
        }
    }

    /// <summary>A refusal that no operation made, such as one that a test asked for.</summary>
    public EndpointReply Refuse(EndpointRequest request, string code, string message, int status) =>
        Refuse(request, Guid.NewGuid().ToString().ToUpperInvariant(), new EndpointError(code, message), status);

    private EndpointReply Refuse(EndpointRequest request, string requestId, EndpointError error, ApiOperation? operation) =>
        Refuse(request, requestId, error, Error.StatusOf(error.Code, operation));

    private EndpointReply Refuse(EndpointRequest request, string requestId, EndpointError error, int status)
    {
        var body = new JsonObject
        {
            ["HostId"] = request.Host,
            ["Code"] = error.Code,
            ["Message"] = error.Message,
            ["Recommend"] = $"https://api.aliyun.com/troubleshoot?q={Uri.EscapeDataString(error.Code)}&requestId={requestId}",
        };
        if (error.AccessDenied is not null) body["AccessDeniedDetail"] = error.AccessDenied.DeepClone();
        return Send(request, status, requestId, "Error", body);
    }

    private EndpointReply Send(EndpointRequest request, int status, string requestId, string xmlRoot, JsonObject body)
    {
        body["RequestId"] = requestId;
        var asXml = RequestParameters.WantsXml(request);
        KeyValuePair<string, string>[] headers =
        [
            new("x-acs-request-id", requestId),
            new("Date", database.Clock.GetUtcNow().ToString("r", System.Globalization.CultureInfo.InvariantCulture)),
            // Clients compare the XML type letter by letter.
            new("Content-Type", asXml ? "text/xml;charset=utf-8" : "application/json;charset=utf-8"),
        ];
        return new EndpointReply(status, headers, asXml ? XmlText.Write(xmlRoot, body) : JsonSerializer.SerializeToUtf8Bytes(body, Plain));
    }

    private sealed record Asked(
        IOperation Implementation, string Product, ApiOperation Operation, IReadOnlyDictionary<string, string> Parameters, Caller Caller, string? Region)
    {
        public string RegionId => Region ?? "cn-hangzhou";

        public Call ToCall(string requestId, DateTimeOffset now) =>
            new(Operation, Parameters, Caller.Account, RegionId, requestId, now, namesRegion: Region is not null) { Who = Caller };
    }
}
