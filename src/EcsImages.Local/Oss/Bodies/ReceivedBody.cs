using System.Buffers;
using System.Security.Cryptography;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oss.Bodies;

/// <summary>Bytes that have come in as a whole and wait for the row that uses them; disposed without one, nothing is left of them.</summary>
/// <remarks>Memory: 3 MiB, and 32 bytes for each MiB received.</remarks>
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

    // While one MiB is digested and written, the next one comes in.
    private async Task ReadAsync(OssStore store, Stream from, CancellationToken stop)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var (current, next) = (ArrayPool<byte>.Shared.Rent(MiB.Size), ArrayPool<byte>.Shared.Rent(MiB.Size));
        Task<int> reading = FillAsync(from, current, stop);
        try
        {
            while (true)
            {
                var count = await reading.ConfigureAwait(false);
                var (bytes, isLast) = (current.AsMemory(0, count), count < MiB.Size);
                if (!isLast) reading = FillAsync(from, next, stop);
                await TakeAsync(store, bytes, md5, stop).ConfigureAwait(false);
                if (isLast) break;
                (current, next) = (next, current);
            }
            if (_writer is not null)
            {
                await _writer.ShortenAsync(Length, stop).ConfigureAwait(false);
                await _writer.CompleteAsync(stop).ConfigureAwait(false);
            }
            Md5 = md5.GetHashAndReset();
        }
        finally
        {
            // A buffer that is still being filled is nobody else's.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(next);
        }
    }

    private static Task<int> FillAsync(Stream from, byte[] buffer, CancellationToken stop) =>
        from.ReadAtLeastAsync(buffer.AsMemory(0, MiB.Size), MiB.Size, throwOnEndOfStream: false, stop).AsTask();

    private async Task TakeAsync(OssStore store, ReadOnlyMemory<byte> bytes, IncrementalHash md5, CancellationToken stop)
    {
        if (_writer is null && bytes.Length <= MostInline)
        {
            Digest();
            _bytes = bytes.ToArray();
        }
        else
        {
            var digesting = Task.Run(Digest, CancellationToken.None);
            try
            {
                await WriteAsync(store, bytes, stop).ConfigureAwait(false);
            }
            finally
            {
                await digesting.ConfigureAwait(false);
            }
        }
        Length += bytes.Length;

        void Digest()
        {
            md5.AppendData(bytes.Span);
            Crc64 = Core.Oss.Crc64.Append(Crc64, bytes.Span);
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
