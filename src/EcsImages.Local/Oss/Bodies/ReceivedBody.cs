using System.Buffers;
using System.Security.Cryptography;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oss.Bodies;

/// <summary>Bytes that have come in as a whole and wait for the row that uses them; disposed without one, nothing is left of them.</summary>
/// <remarks>Memory: 1 MiB, and 32 bytes for each MiB received.</remarks>
internal sealed class ReceivedBody : IAsyncDisposable
{
    /// <summary>Up to this many bytes are kept in the database: a file, its flush and its name cost more.</summary>
    public const int MostInline = 32 * 1024;

    /// <summary>The most that one request may carry.</summary>
    public const long Most = 5L << 30;

    private byte[]? _bytes;
    private SqliteConnection? _connection;
    private ContentWriter? _writer;

    private ReceivedBody()
    {
    }

    public long Length { get; private set; }

    public byte[] Md5 { get; private set; } = [];

    public ulong Crc64 { get; private set; }

    /// <summary>The ETag of an object or part of these bytes alone, without quotes.</summary>
    public string ETag => Convert.ToHexString(Md5);

    /// <exception cref="OssError">More than the most, or not as many as were announced.</exception>
    public static async Task<ReceivedBody> ReceiveAsync(OssStore store, OssRequest request, CancellationToken stop)
    {
        if (request.ContentLength > Most) throw OssError.Of("EntityTooLarge");
        var body = new ReceivedBody();
        var isWhole = false;
        try
        {
            await body.ReadAsync(store, request.Body, stop).ConfigureAwait(false);
            if (request.ContentLength is { } announced && announced != body.Length) throw OssError.Of("IncompleteBody");
            isWhole = true;
            return body;
        }
        finally
        {
            if (!isWhole) await body.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Makes the bytes part of a body, in the transaction of the row that uses it.</summary>
    public void Store(Session session, long body, long at)
    {
        if (Length == 0) return;
        if (_writer is null)
        {
            if (!BodyRows.TryExtend(session, body, at, _bytes!, MostInline)) BodyRows.AddBytes(session, body, at, _bytes!);
            return;
        }
        _writer.Publish(session.Transaction);
        BodyRows.AddContent(session, body, at, Length, _writer.Id, 0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null) await _writer.DisposeAsync().ConfigureAwait(false);
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReadAsync(OssStore store, Stream from, CancellationToken stop)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = ArrayPool<byte>.Shared.Rent(MiB.Size);
        try
        {
            while (true)
            {
                var count = await from.ReadAtLeastAsync(buffer.AsMemory(0, MiB.Size), MiB.Size, throwOnEndOfStream: false, stop).ConfigureAwait(false);
                var bytes = buffer.AsMemory(0, count);
                md5.AppendData(bytes.Span);
                Crc64 = Bodies.Crc64.Append(Crc64, bytes.Span);
                if (_writer is null && count <= MostInline) _bytes = bytes.ToArray();
                else await WriteAsync(store, bytes, stop).ConfigureAwait(false);
                Length += count;
                if (count < MiB.Size) break;
            }
            if (_writer is not null)
            {
                _writer.Shorten(Length);
                await _writer.CompleteAsync(stop).ConfigureAwait(false);
            }
            Md5 = md5.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task WriteAsync(OssStore store, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        if (bytes.Length > Most - Length) throw OssError.Of("EntityTooLarge");
        if (_writer is null)
        {
            _connection = store.Database.Connect();
            _writer = await store.Contents.BeginAsync(_connection, Most, stop).ConfigureAwait(false);
        }
        await _writer.WriteAsync(Length, bytes, stop).ConfigureAwait(false);
    }
}
