using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EcsImages.Emulator.Connections;

/// <summary>How large a request may be. The server itself stops at twice as much or more, without a word; up to there the sender is told.</summary>
internal static class RequestLimits
{
    // All parameters of an ECS call stand in the query, user data and build content of 16 KiB among them.
    private const int MostLineCharacters = 512 * 1024;
    private const int MostHeaders = 100;
    private const int MostHeaderCharacters = 64 * 1024;
    private const int MostConnections = 256;

    /// <summary>The largest form or JSON body of a call, in bytes.</summary>
    public const long MostBodyBytes = 1024 * 1024;

    public static void Apply(KestrelServerLimits limits, TimeSpan patience)
    {
        limits.MaxConcurrentConnections = MostConnections;
        limits.MaxRequestLineSize = 2 * MostLineCharacters;
        limits.MaxRequestHeaderCount = 5 * MostHeaders;
        limits.MaxRequestHeadersTotalSize = 4 * MostHeaderCharacters;
        limits.MaxRequestBufferSize = limits.MaxRequestLineSize + limits.MaxRequestHeadersTotalSize;
        limits.MaxRequestBodySize = MostBodyBytes;
        limits.RequestHeadersTimeout = patience;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }

    /// <summary>What is wrong with the shape of a request, as an id of the tables of errors; null for nothing.</summary>
    public static string? Judge(HttpRequest request, string query)
    {
        if (request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > MostLineCharacters) return "InvalidRequest.Line";
        if (request.Headers.Count > MostHeaders || SizeOf(request.Headers) > MostHeaderCharacters) return "InvalidRequest.Headers";
        if (query.AsSpan().Count('&') >= Local.Dispatch.RequestParameters.Most) return "InvalidRequest.Parameters";
        return IsAmbiguous(request) ? "InvalidRequest.Framing" : null;
    }

    /// <summary>The id of what went wrong while the body was read.</summary>
    public static string IdOf(Microsoft.AspNetCore.Http.BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => "InvalidRequest.Body",
        StatusCodes.Status408RequestTimeout => "RequestTimeout",
        _ => "InvalidRequest.Framing",
    };

    private static int SizeOf(IHeaderDictionary headers)
    {
        var size = 0;
        foreach (var (name, values) in headers)
            foreach (var value in values) size += name.Length + (value?.Length ?? 0);
        return size;
    }

    // Two lengths are how a request is smuggled past a proxy. The server keeps the one that it did not follow under another name.
    private static bool IsAmbiguous(HttpRequest request) =>
        request.Headers.TransferEncoding.Count > 0 && (request.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length"));
}
