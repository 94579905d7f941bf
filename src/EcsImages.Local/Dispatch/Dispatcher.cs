using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Core;
using EcsImages.Core.Contract;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Dispatch;

/// <summary>A request in, checked against signature and contract; a reply out. Knows nothing of who carries either.</summary>
internal sealed class Dispatcher(Database database, Action<string, Exception>? failed = null)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Authenticator _authenticator = new(database);

    public EndpointReply Answer(EndpointRequest request)
    {
        var requestId = Guid.NewGuid().ToString().ToUpperInvariant();
        ApiOperation? operation = null;
        try
        {
            return Send(200, requestId, Run(request, requestId, ref operation).Body);
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
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            failed?.Invoke(requestId, e);
            return Refuse(request, requestId, Error.Of("InternalError", $"{e.GetType().Name} in {operation?.Name ?? "the dispatcher"}."), operation);
        }
    }

    private Reply Run(EndpointRequest request, string requestId, ref ApiOperation? operation)
    {
        if (request.Method is not ("GET" or "POST")) throw Error.Of("UnsupportedHTTPMethod", request.Method);
        var sent = RequestParameters.Read(request);
        var version = request.Header("x-acs-version") ?? sent.GetValueOrDefault("Version");
        var (product, hostRegion) = Product.Find(request.Host, version);
        var caller = _authenticator.Authenticate(request);
        var action = request.Header("x-acs-action") ?? sent.GetValueOrDefault("Action") ?? throw Error.Missing("Action");
        if (version != product.Contract.Version) throw Error.Of("InvalidVersion", version, product.Name, product.Contract.Version);
        if (!product.Contract.Operations.TryGetValue(action, out operation)) throw Error.Of("InvalidAction.NotFound", action);
        if (Operations.Find(product.Name, action) is not { } implementation) throw Error.Of("UnsupportedOperation", action);
        var parameters = RequestChecker.Check(product.Contract, operation, implementation, sent);
        var region = sent.GetValueOrDefault("RegionId") is { Length: > 0 } given ? given : hostRegion ?? "cn-hangzhou";
        return Perform(implementation, operation, parameters, caller, region, requestId);
    }

    private Reply Perform(
        IOperation implementation, ApiOperation operation, IReadOnlyDictionary<string, string> parameters,
        LocalAccount caller, string region, string requestId)
    {
        using var session = implementation.Writes ? database.Write() : database.Read();
        var call = new Call(operation, parameters, caller, region, requestId, session.Now);
        var token = implementation.Writes && !call.IsDryRun ? ClientTokens.Of(call) : null;
        var hash = token is null ? "" : ClientTokens.HashOf(parameters);
        if (token is not null && ClientTokens.Find(call, token, hash, session) is { } first) return first;
        var reply = implementation.Run(call, session);
        // Everything was checked and done; leaving without a commit undoes it.
        call.StopIfDryRun();
        if (token is not null) ClientTokens.Keep(call, token, hash, reply, session);
        session.Commit();
        return reply;
    }

    private EndpointReply Refuse(EndpointRequest request, string requestId, EndpointError error, ApiOperation? operation) =>
        Send(Error.StatusOf(error.Code, operation), requestId, new JsonObject
        {
            ["HostId"] = request.Host,
            ["Code"] = error.Code,
            ["Message"] = error.Message,
            ["Recommend"] = $"https://api.aliyun.com/troubleshoot?q={Uri.EscapeDataString(error.Code)}&requestId={requestId}",
        });

    private EndpointReply Send(int status, string requestId, JsonObject body)
    {
        body["RequestId"] = requestId;
        KeyValuePair<string, string>[] headers =
        [
            new("x-acs-request-id", requestId),
            new("Date", database.Clock.GetUtcNow().ToString("r", System.Globalization.CultureInfo.InvariantCulture)),
            new("Content-Type", "application/json;charset=utf-8"),
        ];
        return new EndpointReply(status, headers, JsonSerializer.SerializeToUtf8Bytes(body, Plain));
    }
}
