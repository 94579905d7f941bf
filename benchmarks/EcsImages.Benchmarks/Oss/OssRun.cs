using System.Diagnostics;
using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Files;
using EcsImages.Core.Oss;

namespace EcsImages.Benchmarks.Oss;

/// <summary>One upload or download, in a process of its own: its start and its memory count as curl's do. Prints the most memory that it took, in bytes.</summary>
internal static class OssRun
{
    public const string UploadVerb = "run-upload", DownloadVerb = "run-download";

    private const string Region = "cn-hangzhou";

    public static async Task<int> RunAsync(string verb, string address, string bucket, string key, string path)
    {
        var oss = Client(address);
        if (verb == UploadVerb)
        {
            await using var source = FileSource.Open(path);
            await ObjectUpload.RunAsync(oss, new UploadJob(Region, bucket, key, source) { CheckpointPath = path + ".upload", Fingerprint = "1" }, CancellationToken.None);
        }
        else
        {
            await ObjectDownload.RunAsync(oss, new DownloadJob(Region, bucket, key, path), CancellationToken.None);
        }
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Makes a bucket that everyone may write to, as curl does without a signature.</summary>
    public static Task OpenBucketAsync(string address, string bucket) => Client(address).SendAsync(
        new OssRequest("PutBucket", HttpMethod.Put, Region, bucket) { Headers = [new("x-oss-acl", "public-read-write")] }, CancellationToken.None);

    public static Task DeleteAsync(string address, string bucket, string key) => Client(address).DeleteObjectAsync(Region, bucket, key, CancellationToken.None);

    private static OssClient Client(string address) => new(
        new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }),
        new AcsClientOptions { Credentials = new StaticCredentials(new AcsCredential(EmulatorProcess.KeyId, EmulatorProcess.KeySecret), "benchmark"), Endpoints = AcsEndpoints.At(address) },
        null);
}
