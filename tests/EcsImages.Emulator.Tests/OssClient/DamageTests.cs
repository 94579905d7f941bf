using System.Net;
using EcsImages.Core.Acs;
using EcsImages.Core.Disks;
using EcsImages.Core.Oss;

namespace EcsImages.Emulator.Tests.OssClient;

/// <summary>What changes bytes, answers and files behind the client's back is noticed, and never makes a wrong object or a wrong file.</summary>
public sealed class DamageTests : TransferWorld
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task A_part_that_arrives_damaged_is_sent_again_also_where_only_its_MD5_is_told(int times, bool isCrcTold)
    {
        var meddler = new Meddler { Upload = (bytes, n) => n <= times ? Flip(bytes) : bytes, IsCrcTold = isCrcTold };
        await UploadAsync("source", by: Through(meddler));
        await DownloadAsync();
        Assert.Equal(await File.ReadAllBytesAsync(In("source")), await File.ReadAllBytesAsync(In("target")));
    }

    [Theory]
    [InlineData("source", true, "ChecksumMismatch", "CRC-64")]
    [InlineData("source", false, "ChecksumMismatch", "MD5")]
    [InlineData("small", true, "BadDigest", "")]
    public async Task Bytes_that_are_always_changed_make_no_object(string file, bool isCrcTold, string code, string by)
    {
        await File.WriteAllBytesAsync(In("small"), new byte[5000]);
        var error = await Assert.ThrowsAsync<AcsException>(() => UploadAsync(file, by: Through(new Meddler { Upload = static (bytes, _) => Flip(bytes), IsCrcTold = isCrcTold })));
        Assert.Equal((code, 3), (error.Code, error.Attempts));
        Assert.Contains(by, error.Message, StringComparison.Ordinal);
        Assert.Null(await Oss.FindObjectAsync(Region, Bucket, Key, CancellationToken.None));
    }

    [Fact]
    public async Task A_download_that_arrives_damaged_leaves_the_old_file_and_nothing_else()
    {
        await UploadAsync("source");
        await File.WriteAllTextAsync(In("target"), "old");
        var error = await Assert.ThrowsAsync<AcsException>(() => DownloadAsync(by: Through(new Meddler { Download = static (bytes, n) => n == 2 ? Flip(bytes) : bytes })));
        Assert.Equal("ChecksumMismatch", error.Code);
        Assert.Equal("old", await File.ReadAllTextAsync(In("target")));
        Assert.Equal(["source", "target"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        await DownloadAsync();
        Assert.Equal(await File.ReadAllBytesAsync(In("source")), await File.ReadAllBytesAsync(In("target")));
    }

    [Fact]
    public async Task Bytes_of_an_attempt_that_broke_off_do_not_stay_where_the_object_has_zeros()
    {
        await UploadAsync("source");
        // Noise instead of a part's first half, then nothing more: as of a connection that was mixed up with another one.
        var meddler = new Meddler
        {
            Download = static (bytes, n) =>
            {
                if (n > 4) return bytes;
                var noise = new byte[bytes.Length / 2];
                Array.Fill(noise, (byte)0x5A);
                return noise;
            },
        };
        await DownloadAsync(by: Through(meddler));
        Assert.Equal(await File.ReadAllBytesAsync(In("source")), await File.ReadAllBytesAsync(In("target")));
    }

    [Fact]
    public async Task An_answer_that_is_not_the_range_that_was_asked_for_is_not_taken_for_it()
    {
        await UploadAsync("source");
        var error = await Assert.ThrowsAsync<AcsException>(() => DownloadAsync(by: Through(new Meddler { Request = static request => request.Headers.Remove("Range") })));
        Assert.Equal("ChecksumMismatch", error.Code);
        Assert.Contains("the whole object", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(In("target")));
    }

    [Fact]
    public async Task An_object_that_is_replaced_under_way_is_not_mixed_with_the_new_one()
    {
        await UploadAsync("source");
        await File.WriteAllTextAsync(In("target"), "old");
        var replaced = false;
        var error = await Assert.ThrowsAsync<AcsException>(() => DownloadAsync(new Told(_ =>
        {
            if (!replaced) Oss.PutObjectAsync(Region, Bucket, Key, [1, 2, 3], CancellationToken.None).GetAwaiter().GetResult();
            replaced = true;
        })));
        Assert.Equal("PreconditionFailed", error.Code);
        Assert.Contains("replaced while it was downloaded", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(In("target")));
        Assert.Equal(["source", "target"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        Assert.Equal(3, await DownloadAsync());
    }

    [Fact]
    public async Task Noted_parts_whose_bytes_are_lost_are_fetched_again()
    {
        await UploadAsync("source");
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DownloadAsync(new Told(_ => stop.Cancel()), stop: stop.Token));
        // As after a loss of power: the notes are there, the bytes are not. And a line that no part has.
        await File.WriteAllBytesAsync(In("target.partial"), new byte[1000]);
        await File.AppendAllTextAsync(In("target.partial.state"), "77777777 1 .\n-1 1 .\n");
        await DownloadAsync();
        Assert.Equal(await File.ReadAllBytesAsync(In("source")), await File.ReadAllBytesAsync(In("target")));
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_no_broken_connection_and_the_upload_goes_on_when_it_can()
    {
        var reads = 0;
        void Wear()
        {
            if (++reads > 20) throw new IOException("The disk is worn out.");
        }
        var error = await Assert.ThrowsAsync<IOException>(() => UploadAsync("source", parallel: 1, change: job => job with { Source = new WatchedSource(job.Source, Wear) }));
        Assert.Equal("The disk is worn out.", error.Message);
        Assert.Equal(21, reads);
        Assert.InRange((await UploadAsync("source")).Kept, 4 << 20, Size - 1);
    }

    [Fact]
    public async Task A_source_that_changes_while_it_is_sent_makes_no_object()
    {
        var error = await Assert.ThrowsAsync<AcsException>(() => UploadAsync("source", change: static job => job with { FingerprintNow = static _ => Task.FromResult("2") }));
        Assert.Equal("SourceChanged", error.Code);
        Assert.Null(await Oss.FindObjectAsync(Region, Bucket, Key, CancellationToken.None));
        // What is left of it is removed by the next one, which is of another source.
        var uploaded = await UploadAsync("source", change: static job => job with { Fingerprint = "2", FingerprintNow = static _ => Task.FromResult("2") });
        Assert.Equal(0, uploaded.Kept);
        Assert.Single(await RequestsAsync(), static r => r.Operation == "AbortMultipartUpload" && r.Status == 204);
    }

    [Fact]
    public async Task A_source_that_reads_differently_when_a_part_is_checked_makes_no_object()
    {
        var error = await Assert.ThrowsAsync<AcsException>(() => UploadAsync("source", change: static job => job with { Source = new WaveringSource(job.Source) }, by: Through(new Meddler { IsCrcTold = false })));
        Assert.Equal("ChecksumMismatch", error.Code);
        Assert.Contains("changed while part", error.Message, StringComparison.Ordinal);
        Assert.Null(await Oss.FindObjectAsync(Region, Bucket, Key, CancellationToken.None));
    }

    [Fact]
    public async Task An_upload_that_nobody_can_go_on_with_leaves_no_parts_behind()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UploadAsync("source", new Told(_ => stop.Cancel()), change: static job => job with { CheckpointPath = null }, stop: stop.Token));
        Assert.Single(await RequestsAsync(), static r => r.Operation == "AbortMultipartUpload" && r.Status == 204);
        Assert.Equal(["source"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("\"UploadId\":null,\"PartSize\":4194304")]
    [InlineData("\"UploadId\":\"0123456789ABCDEF0123456789ABCDEF\",\"PartSize\":9223372036854775807")]
    [InlineData("\"UploadId\":\"0123456789ABCDEF0123456789ABCDEF\",\"PartSize\":1")]
    [InlineData("\"UploadId\":\"../../x?y\",\"PartSize\":4194304")]
    public async Task A_checkpoint_that_somebody_wrote_is_passed_over(string rest)
    {
        await File.WriteAllTextAsync(In("checkpoint"), $"{{\"RegionId\":\"{Region}\",\"Bucket\":\"{Bucket}\",\"Key\":\"{Key}\",\"Size\":{Size},\"Fingerprint\":\"1\",{rest}}}");
        Assert.Equal(0, (await UploadAsync("source")).Kept);
    }

    [Fact]
    public async Task One_at_a_time_works_on_a_target_and_on_a_checkpoint()
    {
        await UploadAsync("source");
        Task<long>? second = null;
        await DownloadAsync(new Told(_ => second ??= DownloadAsync()));
        Assert.Contains("is being downloaded by another process already", (await Assert.ThrowsAsync<IOException>(() => second!)).Message, StringComparison.Ordinal);
        Task<UploadedObject>? other = null;
        await UploadAsync("source", new Told(_ => other ??= UploadAsync("source")));
        Assert.Contains("is being uploaded by another process already", (await Assert.ThrowsAsync<IOException>(() => other!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_target_is_said_before_anything_is_fetched()
    {
        await UploadAsync("source");
        Directory.CreateDirectory(In("target"));
        await Assert.ThrowsAsync<IOException>(() => DownloadAsync());
        Assert.DoesNotContain(await RequestsAsync(), static r => r.Operation == "GetObject");
    }

    private static byte[] Flip(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }

    private Core.Oss.OssClient Through(Meddler meddler) => Client(new HttpMessageInvoker(meddler));

    /// <summary>A source no two reads of which give the same.</summary>
    private sealed class WaveringSource(IByteSource inner) : IByteSource
    {
        private int _reads;

        public string Name => inner.Name;

        public long Length => inner.Length;

        public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
        {
            var count = await inner.ReadAsync(offset, buffer, stop);
            BitConverter.TryWriteBytes(buffer.Span, Interlocked.Increment(ref _reads));
            return count;
        }

        public DiskRange RangeAt(long offset) => inner.RangeAt(offset);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>A proxy that changes what passes: bodies up and down, with their number from 1 on, and requests for parts of objects.</summary>
    private sealed class Meddler() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        private int _up, _down;

        public Func<byte[], int, byte[]> Upload { get; init; } = static (bytes, _) => bytes;

        public Func<byte[], int, byte[]> Download { get; init; } = static (bytes, _) => bytes;

        public bool IsCrcTold { get; init; } = true;

        public Action<HttpRequestMessage> Request { get; init; } = static _ => { };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get) Request(request);
            if (request.Method == HttpMethod.Put && request.Content is { } body)
            {
                var changed = new ByteArrayContent(Upload(await body.ReadAsByteArrayAsync(cancellationToken), Interlocked.Increment(ref _up)));
                foreach (var (name, values) in body.Headers) changed.Headers.TryAddWithoutValidation(name, values);
                request.Content = changed;
            }
            var response = await base.SendAsync(request, cancellationToken);
            if (!IsCrcTold && request.Method == HttpMethod.Put) Assert.True(response.Headers.Remove("x-oss-hash-crc64ecma"));
            if (response.StatusCode is HttpStatusCode.PartialContent)
            {
                var changed = new ByteArrayContent(Download(await response.Content.ReadAsByteArrayAsync(cancellationToken), Interlocked.Increment(ref _down)));
                changed.Headers.ContentRange = response.Content.Headers.ContentRange;
                response.Content = changed;
            }
            return response;
        }
    }
}
