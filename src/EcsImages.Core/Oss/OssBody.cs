using System.Net.Http.Headers;
using EcsImages.Core.Disks;

namespace EcsImages.Core.Oss;

/// <summary>Bodies of requests: they are read piece by piece as they go out, and each piece tells the watch that something moves.</summary>
internal static class OssBody
{
    private const int Piece = 256 * 1024;

    /// <summary>As many bytes as it says, from where they are read.</summary>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="read">Fills a buffer with what follows, from the count of the bytes before it.</param>
    /// <param name="watch">Told of each piece.</param>
    /// <param name="type">Of the content.</param>
    public static StreamContent Of(long length, Func<long, Memory<byte>, CancellationToken, ValueTask> read, IdleWatch watch, string type = "application/octet-stream")
    {
        var content = new StreamContent(new ForwardStream(async (at, buffer, stop) =>
        {
            watch.Touch();
            var piece = buffer[..(int)Math.Min(buffer.Length, length - at)];
            if (!piece.IsEmpty) await read(at, piece, stop).ConfigureAwait(false);
            return piece.Length;
        }), Piece);
        content.Headers.ContentLength = length;
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    /// <summary>Bytes that are at hand; the service compares them with their MD5.</summary>
    public static StreamContent Of(byte[] bytes, IdleWatch watch, string type = "application/octet-stream")
    {
        var content = Of(bytes.Length, (at, piece, _) =>
        {
            bytes.AsMemory((int)at, piece.Length).CopyTo(piece);
            return ValueTask.CompletedTask;
        }, watch, type);
        content.Headers.ContentMD5 = BodyHash.Md5(bytes);
        return content;
    }
}
