using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EcsImages.Local.Store;

namespace EcsImages.Emulator.Tests.Oss;

/// <summary>Bodies as they come and go over a socket.</summary>
[Collection(AloneCollection.Name)]
public sealed class OssBodyTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData("Content-Length", 3_000_000, 2_500_000)]
    [InlineData("Content-Length", 3_000_000, 10)]
    [InlineData("Transfer-Encoding", 0, 2_500_000)]
    public async Task A_body_that_is_cut_off_leaves_the_old_object_and_nothing_else(string framing, int announced, int sent)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var oss = new OssSender(emulator.Address, EmulatorOptions.DefaultKey, TimeProvider.System);
        await oss.SendAsync("PUT", "cut-off", "");
        await oss.SendAsync("PUT", "cut-off", "k", body: "old");
        var isChunked = framing == "Transfer-Encoding";
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(emulator.Address.Host, emulator.Address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(oss.Bytes("PUT", "cut-off", "k", "", (framing, isChunked ? "chunked" : announced.ToString(CultureInfo.InvariantCulture))));
            if (isChunked) await stream.WriteAsync(Encoding.ASCII.GetBytes($"{sent + 1000:x}\r\n"));
            await stream.WriteAsync(Bytes(sent));
        }
        Assert.Equal("old", (await oss.SendAsync("GET", "cut-off", "k")).Body);
        await NothingIsLeftAsync(emulator, oss);
    }

    [Fact]
    public async Task Chunks_are_taken_and_a_body_without_any_length_is_not()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var oss = new OssSender(emulator.Address, EmulatorOptions.DefaultKey, TimeProvider.System);
        await oss.SendAsync("PUT", "chunked", "");
        var head = oss.Bytes("PUT", "chunked", "k", "", ("Transfer-Encoding", "chunked"), ("Connection", "close"));
        Assert.Equal(200, (await RawHttp.SendAsync(emulator.Address, [.. head, .. "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"u8])).Status);
        Assert.Equal("abcdefg", (await oss.SendAsync("GET", "chunked", "k")).Body);
        var reply = await RawHttp.SendAsync(emulator.Address, oss.Bytes("PUT", "chunked", "k", "", ("Connection", "close")));
        Assert.Equal(411, reply.Status);
        Assert.Contains("MissingContentLength", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_object()
    {
        const int Size = 128 * MiB;
        await using var emulator = await TestEmulator.StartAsync();
        var oss = new OssSender(emulator.Address, EmulatorOptions.DefaultKey, TimeProvider.System);
        await oss.SendAsync("PUT", "large", "");
        var (block, highest) = (Bytes(MiB), 0L);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var client = await ConnectAsync(emulator))
        {
            var stream = client.GetStream();
            await stream.WriteAsync(oss.Bytes("PUT", "large", "k", "", ("Content-Length", Size.ToString(CultureInfo.InvariantCulture)), ("Connection", "close")));
            for (var i = 0; i < Size / MiB; i++)
            {
                await stream.WriteAsync(block);
                highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: i % 16 == 0));
            }
            Assert.StartsWith("HTTP/1.1 200", await new StreamReader(stream).ReadLineAsync(), StringComparison.Ordinal);
        }
        using (var client = await ConnectAsync(emulator))
        {
            var stream = client.GetStream();
            await stream.WriteAsync(oss.Bytes("GET", "large", "k", "", ("Connection", "close")));
            var (received, buffer) = (0L, new byte[MiB]);
            while (await stream.ReadAsync(buffer) is > 0 and var count)
            {
                received += count;
                highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: false));
            }
            Assert.InRange(received, Size, Size + 4096);
        }
        Assert.InRange(highest - before, long.MinValue, 64L * MiB);
    }

    [Theory]
    [InlineData("/paths/..%2F..%2Fecs.db")]
    [InlineData("/paths/../../ecs.db")]
    [InlineData("/paths/C:%5Cecs.db")]
    [InlineData("/paths/%00")]
    public async Task A_key_that_looks_like_a_path_is_only_a_name(string target)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var oss = new OssSender(emulator.Address, EmulatorOptions.DefaultKey, TimeProvider.System);
        await oss.SendAsync("PUT", "paths", "");
        await oss.SendAsync("PUT", "paths", "", "acl", "", ("x-oss-acl", "public-read-write"));
        var folder = Directory.GetFileSystemEntries(emulator.Folder, "*", SearchOption.AllDirectories).Order().ToArray();
        var put = await RawHttp.SendAsync(emulator.Address, "PUT", target, [new("Host", emulator.Address.Authority)], "x");
        // The server itself may refuse a target; what it takes is a row.
        Assert.True(put.Status is 200 or 400, put.ToString());
        if (put.Status == 200) Assert.Equal("x", (await RawHttp.SendAsync(emulator.Address, "GET", target, [new("Host", emulator.Address.Authority)], "")).Body);
        Assert.Equal(folder, Directory.GetFileSystemEntries(emulator.Folder, "*", SearchOption.AllDirectories).Order());
    }

    private static async Task<TcpClient> ConnectAsync(TestEmulator emulator)
    {
        var client = new TcpClient();
        await client.ConnectAsync(emulator.Address.Host, emulator.Address.Port);
        return client;
    }

    // The server hears of the end of a connection a moment after it.
    private static async Task NothingIsLeftAsync(TestEmulator emulator, OssSender oss)
    {
        var blobs = Path.Combine(emulator.Folder, "blobs");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var database = Database.Open(new() { Path = emulator.Folder });
        while (Directory.Exists(blobs) && Directory.EnumerateFiles(blobs, "c-*").Any() || Pending() > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await oss.SendAsync("GET", "cut-off", "k");
        }

        long Pending()
        {
            using var session = database.Read();
            return session.Scalar<long>("SELECT count(*) FROM content");
        }
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
