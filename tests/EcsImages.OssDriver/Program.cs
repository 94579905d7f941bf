using System.Diagnostics;
using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;
using EcsImages.Core.Oss;
using EcsImages.OssDriver;

// Our client of OSS as a process of its own: to be killed, to be measured, and to be called by the tests of the official clients.
if (args is not [("upload" or "download") and var verb, var address, var bucket, var key, var path, .. var more])
{
    Console.Error.WriteLine("EcsImages.OssDriver upload|download ADDRESS BUCKET KEY FILE [PARALLEL], with the key in ECS_EMULATOR_KEY_ID and ECS_EMULATOR_KEY_SECRET");
    return 2;
}
const string region = "cn-hangzhou";
var parallel = more is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 4;
using var http = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
var oss = new OssClient(http, new AcsClientOptions
{
    Credentials = new StaticCredentials(new AcsCredential(Variable("ECS_EMULATOR_KEY_ID"), Variable("ECS_EMULATOR_KEY_SECRET")), "environment"),
    Endpoints = AcsEndpoints.At(address),
}, null);
try
{
    if (verb == "upload")
    {
        await using var source = FileSource.Open(path);
        var made = await ObjectUpload.RunAsync(oss, new UploadJob(region, bucket, key, source)
        {
            CheckpointPath = path + ".upload",
            Fingerprint = await FileFingerprint.OfAsync(path, CancellationToken.None),
            FingerprintNow = stop => FileFingerprint.OfAsync(path, stop),
            Parallel = parallel,
            Progress = new ToldMoves(),
        }, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"size {made.Size} kept {made.Kept} crc64 {made.Crc64}"));
    }
    else
    {
        var size = await ObjectDownload.RunAsync(oss, new DownloadJob(region, bucket, key, path) { Parallel = parallel, Progress = new ToldMoves() }, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"size {size}"));
    }
}
catch (AcsException e)
{
    Console.Error.WriteLine($"{e.Code} {e.Message}");
    return 1;
}
using var self = Process.GetCurrentProcess();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak {self.PeakWorkingSet64}"));
return 0;

static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");

namespace EcsImages.OssDriver
{
    /// <summary>Prints a line for each part that is there, such as "moved 4194304".</summary>
    internal sealed class ToldMoves : IProgress<DiskCopyProgress>
    {
        public void Report(DiskCopyProgress value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"moved {value.Done}"));
    }
}
