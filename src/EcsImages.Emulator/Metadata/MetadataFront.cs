using System.Globalization;
using System.Text.Json;
using EcsImages.Emulator.Control;
using Microsoft.AspNetCore.Http;

namespace EcsImages.Emulator.Metadata;

/// <summary>The metadata service of an ECS instance, as far as the keys of its role go; in hardened mode, and without tokens while they are optional.</summary>
internal sealed class MetadataFront(SessionShelf sessions, MetadataTokens tokens, ControlAccess access, InstanceMetadata instance)
{
    /// <summary>Where instances find it.</summary>
    public const string Host = "100.100.100.200";

    private const string TokenPath = "/latest/api/token";
    private const string Data = "/latest/meta-data/";
    private const string Roles = Data + "ram/security-credentials/";
    private const string TokenHeader = "X-aliyun-ecs-metadata-token";
    private static readonly TimeSpan SessionLife = TimeSpan.FromHours(6);
    private InstanceMetadata _instance = instance;

    /// <summary>The instance that clients are on.</summary>
    public InstanceMetadata Instance
    {
        get => Volatile.Read(ref _instance);
        set => Volatile.Write(ref _instance, value);
    }

    /// <summary>Its own address, or its paths at an address of the emulator; a signed request there is for a bucket called latest.</summary>
    public static bool Takes(HttpRequest request, string path, string query) =>
        request.Host.Host == Host
        || ((path == TokenPath || path.StartsWith(Data, StringComparison.Ordinal)) && query.Length == 0 && request.Headers.Authorization.Count == 0);

    public Task AnswerAsync(HttpContext context, string path)
    {
        var request = context.Request;
        // A web page in a browser on this machine may not ask, nor what comes through a reverse proxy.
        if (request.Headers.Origin.Count > 0 || request.Headers["X-Forwarded-For"].Count > 0) return SendAsync(context, 403, "Forbidden");
        if (!access.Allows(context.Connection.RemoteIpAddress, request.Headers)) return SendAsync(context, 403, ControlAccess.Refusal);
        if (path == TokenPath) return HttpMethods.IsPut(request.Method) ? TokenAsync(context) : SendAsync(context, 405, "Method Not Allowed");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return SendAsync(context, 405, "Method Not Allowed");
        var token = request.Headers[TokenHeader];
        if (token.Count == 0 && Instance.HttpTokens == "required") return SendAsync(context, 403, "Forbidden");
        if (token.Count > 0 && !tokens.IsValid(token.ToString())) return SendAsync(context, 401, "Unauthorized");
        return ReadAsync(context, path);
    }

    private Task TokenAsync(HttpContext context) =>
        int.TryParse(context.Request.Headers[TokenHeader + "-ttl-seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0 && seconds <= MetadataTokens.Longest.TotalSeconds
            ? SendAsync(context, 200, tokens.Issue(TimeSpan.FromSeconds(seconds)))
            : SendAsync(context, 400, "Bad Request");

    private async Task ReadAsync(HttpContext context, string path)
    {
        var (account, role) = (Instance.Account, Instance.Role);
        if (role is not null && (path == Roles || path + "/" == Roles)) await SendAsync(context, 200, role).ConfigureAwait(false);
        else if (role is not null && path == Roles + role)
        {
            var session = await sessions.GetAsync(account, role, SessionLife, context.RequestAborted).ConfigureAwait(false);
            await SendAsync(context, 200, JsonSerializer.Serialize(SessionDocument.Of(session), SessionJson.Default.SessionDocument), "application/json").ConfigureAwait(false);
        }
        else await SendAsync(context, 404, "Not Found").ConfigureAwait(false);
    }

    private static async Task SendAsync(HttpContext context, int status, string text, string type = "text/plain")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }
}
