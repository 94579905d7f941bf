using EcsImages.Core.Oss;

namespace EcsImages.Emulator.Tests.OssClient;

/// <summary>One request of a download brings several parts: what of them is here is not asked for again, whatever ends it.</summary>
public sealed class RunTests : TransferWorld
{
    private const int Part = 8 << 20;

    private readonly List<string> _asked = [];

    [Fact]
    public async Task A_connection_that_breaks_off_loses_the_part_under_way_and_nothing_of_it_stays()
    {
        var bytes = await UploadBigAsync();
        // Three quarters of two parts arrive, with noise where the object has zeros.
        await DownloadBigAsync(static (content, n) =>
        {
            if (n > 1) return content;
            content.AsSpan(Part).Fill(0x5A);
            return content[..(Part + Part / 2)];
        });
        Assert.Equal([Range(0, 2), Range(1, 2), Range(2, 4), Range(4, 6), Range(6, 8), Range(8, 9)], _asked);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(In("target")));
    }

    [Fact]
    public async Task A_part_that_is_here_is_left_out_of_what_is_asked_for()
    {
        var bytes = await UploadBigAsync();
        using var stop = new CancellationTokenSource();
        var told = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DownloadBigAsync(progress: new Told(_ =>
        {
            if (++told == 4) stop.Cancel();
        }), stop: stop.Token));
        Assert.Equal([Range(0, 2), Range(2, 4)], _asked);
        var lines = (await File.ReadAllLinesAsync(In("target.partial.state"))).Where(static l => !l.StartsWith("0 ", StringComparison.Ordinal) && !l.StartsWith("3 ", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(In("target.partial.state"), lines);
        _asked.Clear();
        await DownloadBigAsync();
        Assert.Equal([Range(0, 1), Range(3, 4), Range(4, 6), Range(6, 8), Range(8, 9)], _asked);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(In("target")));
    }

    // Nine parts, the last of which is short: one worker asks for two at a time.
    private static string Range(int from, int until) => $"bytes={from * Part}-{Math.Min(until * Part, Big) - 1}";

    private const int Big = 8 * Part + 1000;

    private async Task<byte[]> UploadBigAsync()
    {
        var bytes = new byte[Big];
        new Random(20261201).NextBytes(bytes.AsSpan(0, Part));
        bytes[5 * Part] = bytes[^1] = 1;
        await File.WriteAllBytesAsync(In("big"), bytes);
        await UploadAsync("big");
        return bytes;
    }

    private async Task DownloadBigAsync(Func<byte[], int, byte[]>? change = null, Told? progress = null, CancellationToken stop = default)
    {
        using var http = new HttpMessageInvoker(new Watched(_asked, change));
        await ObjectDownload.RunAsync(Client(http), new DownloadJob(Region, Bucket, Key, In("target")) { Parallel = 1, Progress = progress }, stop);
    }

    /// <summary>Notes which ranges are asked for, and changes the bodies of the answers, with their number from 1 on.</summary>
    private sealed class Watched(List<string> asked, Func<byte[], int, byte[]>? change) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Range is not { } range) return await base.SendAsync(request, cancellationToken);
            asked.Add(range.ToString());
            var response = await base.SendAsync(request, cancellationToken);
            if (change is null) return response;
            var changed = new ByteArrayContent(change(await response.Content.ReadAsByteArrayAsync(cancellationToken), asked.Count));
            changed.Headers.ContentRange = response.Content.Headers.ContentRange;
            response.Content = changed;
            return response;
        }
    }
}
