using EcsImages.Core.Acs;
using EcsImages.Core.Files;
using EcsImages.Core.Oss;

namespace EcsImages.Emulator.Tests.OssClient;

/// <summary>Files go to the emulator and come back, over HTTP, whatever breaks on the way.</summary>
public sealed class TransferTests : TransferWorld
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(4 << 20)]
    [InlineData(Size)]
    public async Task What_was_uploaded_comes_back(int size)
    {
        await File.WriteAllBytesAsync(In("small"), (await File.ReadAllBytesAsync(In("source")))[..size]);
        var uploaded = await UploadAsync("small");
        Assert.Equal((size, 0L), ((int)uploaded.Size, uploaded.Kept));
        Assert.Equal(size, await DownloadAsync());
        Assert.Equal(await File.ReadAllBytesAsync(In("small")), await File.ReadAllBytesAsync(In("target")));
        Assert.Equal(["small", "source", "target"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_bucket_tells_its_region_and_one_that_is_not_there_tells_nothing()
    {
        await Oss.PutBucketAsync("cn-beijing", "in-beijing", CancellationToken.None);
        Assert.Equal("cn-beijing", await Oss.FindBucketRegionAsync(Region, "in-beijing", CancellationToken.None));
        Assert.Null(await Oss.FindBucketRegionAsync(Region, "nowhere-at-all", CancellationToken.None));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("a/./b//c")]
    [InlineData("%2e%2e/ü ?#&=+*'()!~")]
    public async Task A_key_is_what_it_is_letter_by_letter(string key)
    {
        await Oss.PutObjectAsync(Region, Bucket, key, [1, 2, 3], CancellationToken.None);
        Assert.Equal(3, (await Oss.FindObjectAsync(Region, Bucket, key, CancellationToken.None))!.Length);
        await Oss.DeleteObjectAsync(Region, Bucket, key, CancellationToken.None);
        Assert.Null(await Oss.FindObjectAsync(Region, Bucket, key, CancellationToken.None));
    }

    [Theory]
    [InlineData("Reset", "UploadPart")]
    [InlineData("DropReply", "UploadPart")]
    [InlineData("Error", "UploadPart")]
    [InlineData("Throttle", "UploadPart")]
    [InlineData("DropReply", "CompleteMultipartUpload")]
    [InlineData("DropReply", "InitiateMultipartUpload")]
    [InlineData("Truncate", "GetObject")]
    [InlineData("Reset", "GetObject")]
    [InlineData("Error", "GetObject")]
    public async Task What_breaks_on_the_way_is_sent_again(string kind, string operation)
    {
        await FaultAsync(kind, operation, 3);
        await UploadAsync("source");
        Assert.Equal(Size, await DownloadAsync());
        Assert.Equal(await File.ReadAllBytesAsync(In("source")), await File.ReadAllBytesAsync(In("target")));
        Assert.True((await FaultsAsync()).EnumerateArray().Single().GetProperty("met").GetInt32() > 0, $"{operation} was never called.");
    }

    [Fact]
    public async Task An_upload_that_was_stopped_three_times_goes_on_and_sends_no_part_twice()
    {
        for (var part = 1; part <= 3; part++)
        {
            using var stop = new CancellationTokenSource();
            var sent = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UploadAsync("source", new Told(_ =>
            {
                // A part that was kept counts too: one more than before.
                if (Interlocked.Increment(ref sent) == part + 1) stop.Cancel();
            }), parallel: 1, stop: stop.Token));
            Assert.True(File.Exists(In("checkpoint")));
        }
        var uploaded = await UploadAsync("source", parallel: 1);
        Assert.True(uploaded.Kept >= 3 * 4 << 20, $"{uploaded.Kept} bytes were kept.");
        Assert.Equal(Crc64.Append(0, await File.ReadAllBytesAsync(In("source"))), uploaded.Crc64);
        Assert.False(File.Exists(In("checkpoint")));
        var parts = (await RequestsAsync()).Where(static r => r.Operation == "UploadPart" && r.Status == 200).ToArray();
        Assert.InRange(parts.Length, 8, 8 + 3);
    }

    [Fact]
    public async Task A_source_that_changed_meanwhile_is_sent_as_it_is_now()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UploadAsync("source", new Told(_ => stop.Cancel()), parallel: 1, stop: stop.Token));
        var bytes = await File.ReadAllBytesAsync(In("source"));
        bytes[100]++;
        await File.WriteAllBytesAsync(In("source"), bytes);
        // The same fingerprint: the parts themselves tell.
        Assert.Equal(Crc64.Append(0, bytes), (await UploadAsync("source")).Crc64);
        await DownloadAsync();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(In("target")));
    }

    [Fact]
    public async Task A_checkpoint_that_is_damaged_or_of_another_upload_is_passed_over()
    {
        foreach (var text in (string[])["", "{", "{\"RegionId\":null}", "[]"])
        {
            await File.WriteAllTextAsync(In("checkpoint"), text);
            Assert.Equal(0, (await UploadAsync("source")).Kept);
        }
    }

    [Fact]
    public async Task A_download_that_was_stopped_goes_on_where_it_was()
    {
        await UploadAsync("source");
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DownloadAsync(new Told(_ => stop.Cancel()), stop: stop.Token));
        Assert.True(File.Exists(In("target.partial")) && !File.Exists(In("target")));
        var before = (await RequestsAsync()).Count(static r => r.Operation == "GetObject" && r.Status == 206);
        // Torn in the middle of a line, as by a kill.
        await File.AppendAllTextAsync(In("target.partial.state"), "3 12345");
        await DownloadAsync();
        Assert.Equal(await File.ReadAllBytesAsync(In("source")), await File.ReadAllBytesAsync(In("target")));
        Assert.True((await RequestsAsync()).Count(static r => r.Operation == "GetObject" && r.Status == 206) - before < 4);
        Assert.False(File.Exists(In("target.partial")) || File.Exists(In("target.partial.state")));
    }

    [Fact]
    public async Task An_object_that_changed_meanwhile_is_fetched_anew()
    {
        await UploadAsync("source");
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DownloadAsync(new Told(_ => stop.Cancel()), stop: stop.Token));
        var bytes = await File.ReadAllBytesAsync(In("source"));
        Array.Reverse(bytes);
        await File.WriteAllBytesAsync(In("source"), bytes);
        await UploadAsync("source");
        await DownloadAsync();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(In("target")));
    }

    [Fact]
    public async Task Zeros_that_come_down_are_holes()
    {
        await UploadAsync("source");
        await DownloadAsync();
        await using var file = FileSource.Open(In("target"));
        if (!file.RangeAt(12_000_000).IsZero) Assert.True(OperatingSystem.IsWindows(), "The zeros are stored.");
    }

    [Fact]
    public async Task What_stands_still_ends_and_names_how_long_it_stood()
    {
        await FaultAsync("Delay", "HeadObject", 10);
        var slow = new Core.Oss.OssClient(Http, Options(Address) with { Retry = new RetryPolicy { MaxAttempts = 2, BaseDelay = TimeSpan.Zero } }, null) { IdleTime = TimeSpan.FromMilliseconds(200) };
        var error = await Assert.ThrowsAsync<AcsException>(() => slow.FindObjectAsync(Region, Bucket, Key, CancellationToken.None));
        Assert.Equal((AcsErrorCodes.ConnectionFailed, 2), (error.Code, error.Attempts));
        Assert.Contains("Nothing moved", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere-at-all", "NoSuchBucket")]
    [InlineData("UPPER", "InvalidBucketName")]
    [InlineData("evil.example.com/", "InvalidBucketName")]
    public async Task A_refusal_names_bucket_operation_and_code(string bucket, string code)
    {
        var error = await Assert.ThrowsAsync<AcsException>(() => Oss.PutObjectAsync(Region, bucket, Key, [1], CancellationToken.None));
        Assert.Equal((code, "PutObject", "oss:PutObject"), (error.Code, error.Operation, error.Action));
        Assert.Contains(bucket, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_no_secret_is_shown()
    {
        var wrong = new Core.Oss.OssClient(Http, Options(Address) with { Credentials = new Fixed(new AcsCredential(EmulatorOptions.DefaultKey.Id, "wrongSecret0815")) }, null);
        var error = await Assert.ThrowsAsync<AcsException>(() => wrong.PutObjectAsync(Region, Bucket, Key, [1], CancellationToken.None));
        Assert.Equal("SignatureDoesNotMatch", error.Code);
        Assert.DoesNotContain("wrongSecret0815", error.ToString(), StringComparison.Ordinal);
    }
}
