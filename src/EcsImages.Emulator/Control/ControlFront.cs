using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EcsImages.Core;
using EcsImages.Emulator.Metadata;
using EcsImages.Local;
using Microsoft.AspNetCore.Http;

namespace EcsImages.Emulator.Control;

/// <summary>What tests ask of the emulator itself, under a path that no product uses.</summary>
internal sealed class ControlFront(LocalEndpoint endpoint, EmulatorClock clock, Faults faults, RequestLog log, SessionControl sessions, ControlAccess access, string authorityPem)
{
    public const string Root = "/_emulator";

    private static readonly string Version = typeof(ControlFront).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public async Task AnswerAsync(HttpContext context, string path, string query)
    {
        try
        {
            var what = path[Root.Length..].Trim('/');
            Refuse(context.Request);
            // Whether it serves, and whom to trust, any client may know.
            if (what is not ("health" or "ca.pem") && !access.Allows(context.Connection.RemoteIpAddress, context.Request.Headers))
                throw new ControlException(403, ControlAccess.Refusal);
            await RouteAsync(context, what, query).ConfigureAwait(false);
        }
        catch (ControlException e)
        {
            await SendAsync(context, e.Status, new ControlError(e.Message), ControlJson.Default.ControlError).ConfigureAwait(false);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or LocalEndpointException)
        {
            await SendAsync(context, 400, new ControlError(e.Message), ControlJson.Default.ControlError).ConfigureAwait(false);
        }
    }

    // A web page in a browser on this machine can send requests to loopback; its name for itself, and a plain body, give it away.
    private static void Refuse(HttpRequest request)
    {
        if (request.Headers.Origin.Count > 0) throw new ControlException(403, "Web pages may not control the emulator.");
        if (request.ContentType is null && !HasBody(request)) return;
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is not true)
            throw new ControlException(415, "The body must be JSON, sent with Content-Type: application/json.");
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    private async Task RouteAsync(HttpContext context, string what, string query)
    {
        var stop = context.RequestAborted;
        switch (context.Request.Method, what.Split('/'))
        {
            case ("GET", ["health"]):
                await SendAsync(context, 200, new Health("ok", Version, clock.GetUtcNow()), ControlJson.Default.Health).ConfigureAwait(false);
                break;
            case ("GET", ["ca.pem"]):
                context.Response.ContentType = "application/x-pem-file";
                context.Response.ContentLength = authorityPem.Length;
                await context.Response.WriteAsync(authorityPem, stop).ConfigureAwait(false);
                break;
            case ("GET", ["clock"]):
                await SendClockAsync(context).ConfigureAwait(false);
                break;
            case ("POST" or "PUT", ["clock"]):
                Move(await ReadAsync(context, ControlJson.Default.ClockChange).ConfigureAwait(false));
                await SendClockAsync(context).ConfigureAwait(false);
                break;
            case ("GET", ["accounts"]):
                IReadOnlyList<AccountState> accounts = [.. (await endpoint.AccountsAsync(stop).ConfigureAwait(false)).Select(static a => new AccountState(a.Name, a.AccountId))];
                await SendAsync(context, 200, accounts, ControlJson.Default.IReadOnlyListAccountState).ConfigureAwait(false);
                break;
            case ("POST", ["accounts"]):
                await AddAccountAsync(context, await ReadAsync(context, ControlJson.Default.NewAccount).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case ("GET", ["faults"]):
                IReadOnlyList<FaultState> pending = [.. faults.List().Select(static f => new FaultState(f.Id, f.Fault, f.Met))];
                await SendAsync(context, 200, pending, ControlJson.Default.IReadOnlyListFaultState).ConfigureAwait(false);
                break;
            case ("POST", ["faults"]):
                var fault = await ReadAsync(context, ControlJson.Default.Fault).ConfigureAwait(false);
                await SendAsync(context, 201, new FaultState(faults.Add(fault), fault, 0), ControlJson.Default.FaultState).ConfigureAwait(false);
                break;
            case ("DELETE", ["faults"]):
                faults.Remove(null);
                context.Response.StatusCode = 204;
                break;
            case ("DELETE", ["faults", var id]):
                if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !faults.Remove(number))
                    throw new ControlException(404, $"There is no fault {id}.");
                context.Response.StatusCode = 204;
                break;
            case ("GET", ["requests"]):
                var asked = Local.Dispatch.RequestParameters.Decode(query).ToLookup(static p => p.Key, static p => p.Value);
                await SendAsync(context, 200, log.List(asked["product"].LastOrDefault(), asked["operation"].LastOrDefault()), ControlJson.Default.IReadOnlyListLoggedRequest).ConfigureAwait(false);
                break;
            case ("DELETE", ["requests"]):
                log.Clear();
                context.Response.StatusCode = 204;
                break;
            case ("GET", ["credentials"]):
                await SendAsync(context, 200, await sessions.CredentialsAsync(query, stop).ConfigureAwait(false), SessionJson.Default.SessionDocument).ConfigureAwait(false);
                break;
            case ("GET", ["metadata"]):
                await SendAsync(context, 200, sessions.Instance, ControlJson.Default.InstanceMetadata).ConfigureAwait(false);
                break;
            case ("POST" or "PUT", ["metadata"]):
                sessions.Change(await ReadAsync(context, ControlJson.Default.InstanceChange).ConfigureAwait(false));
                await SendAsync(context, 200, sessions.Instance, ControlJson.Default.InstanceMetadata).ConfigureAwait(false);
                break;
            case ("POST", ["reset"]):
                await endpoint.ResetAsync(stop).ConfigureAwait(false);
                faults.Remove(null);
                log.Clear();
                sessions.Clear();
                context.Response.StatusCode = 204;
                break;
            default:
                throw new ControlException(404, $"There is no {context.Request.Method} {Root}/{what}. There are: GET health, GET ca.pem, GET/PUT clock, GET/POST accounts, GET/POST/DELETE faults, GET/DELETE requests, GET credentials, GET/PUT metadata, POST reset.");
        }
    }

    private void Move(ClockChange change)
    {
        if ((change.Now is null) == (change.AdvanceSeconds is null)) throw new ControlException(400, "Name either now or advanceSeconds.");
        if (change.AdvanceSeconds is { } by && double.Abs(by) > TimeSpan.FromDays(36_500).TotalSeconds) throw new ControlException(400, "advanceSeconds is more than a hundred years.");
        var now = change.Now ?? clock.GetUtcNow().AddSeconds(change.AdvanceSeconds!.Value);
        // Beyond it, what is to happen later would have no date.
        if (now.Year is < 2000 or > 2200) throw new ControlException(400, $"The clock cannot be set to {now:yyyy-MM-dd}: it goes from 2000 to 2200.");
        if (change.Now is not null) clock.Set(now);
        else clock.Advance(TimeSpan.FromSeconds(change.AdvanceSeconds!.Value));
    }

    private async Task AddAccountAsync(HttpContext context, NewAccount account)
    {
        if ((account.AccessKeyId is null) != (account.AccessKeySecret is null)) throw new ControlException(400, "accessKeyId and accessKeySecret go together.");
        var opened = await endpoint.OpenAccountAsync(account.Name, context.RequestAborted).ConfigureAwait(false);
        if (account.AccessKeyId is { } id) await endpoint.AddKeyAsync(new(id, account.AccessKeySecret!), account.Name, context.RequestAborted).ConfigureAwait(false);
        await SendAsync(context, 201, new AccountState(opened.Name, opened.AccountId), ControlJson.Default.AccountState).ConfigureAwait(false);
    }

    private Task SendClockAsync(HttpContext context) =>
        SendAsync(context, 200, new ClockState(clock.GetUtcNow(), clock.Offset.TotalSeconds), ControlJson.Default.ClockState);

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> shape) =>
        await JsonSerializer.DeserializeAsync(context.Request.Body, shape, context.RequestAborted).ConfigureAwait(false)
        ?? throw new ControlException(400, "The body is null.");

    private static async Task SendAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> shape)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, shape);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private sealed class ControlException(int status, string message) : Exception(message)
    {
        public int Status => status;
    }
}
