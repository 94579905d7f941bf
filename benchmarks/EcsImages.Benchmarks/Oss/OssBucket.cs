using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Oss;

namespace EcsImages.Benchmarks.Oss;

/// <summary>A bucket that everyone may write to, as curl does without a signature.</summary>
internal sealed class OssBucket : IDisposable
{
    private const string Region = "cn-hangzhou", Name = "benchmark";

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly OssClient _oss;
    private readonly string _address;

    private OssBucket(string address)
    {
        _address = address;
        _oss = new OssClient(_http, new AcsClientOptions
        {
            Credentials = new StaticCredentials(new AcsCredential(EmulatorProcess.KeyId, EmulatorProcess.KeySecret), "benchmark"),
            Endpoints = AcsEndpoints.At(address),
        }, null);
    }

    public static async Task<OssBucket> MakeAsync(string address)
    {
        var bucket = new OssBucket(address);
        await bucket._oss.SendAsync(new OssRequest("PutBucket", HttpMethod.Put, Region, Name) { Headers = [new("x-oss-acl", "public-read-write")] }, CancellationToken.None);
        return bucket;
    }

    public Task DeleteAsync(string key) => _oss.DeleteObjectAsync(Region, Name, key, CancellationToken.None);

    /// <summary>The address of an object.</summary>
    public string At(string key) => $"{_address}/{Name}/{key}";

    /// <summary>Uploads or downloads with our client, in a process of its own: its start and its memory count as curl's do.</summary>
    public async Task<(TimeSpan Elapsed, long PeakBytes)> OwnAsync(string verb, string key, string path)
    {
        var run = await TimedProcess.RunAsync("dotnet", BuiltPrograms.OssDriver, verb, _address, Name, key, path);
        // The last line, such as "peak 52428800".
        return (run.Elapsed, long.Parse(run.Output.Split("peak ")[^1].TrimEnd(), CultureInfo.InvariantCulture));
    }

    public void Dispose() => _http.Dispose();
}
