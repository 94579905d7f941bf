using System.Net.Http.Json;
using System.Text.Json;
using EcsImages.Core.Acs;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;
using EcsImages.Core.Oss;

namespace EcsImages.Emulator.Tests.OssClient;

/// <summary>An emulator with a bucket, a folder with a source of 30 MB that has zeros in its middle, and our client.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "xunit disposes of it by DisposeAsync.")]
public abstract class TransferWorld : IAsyncLifetime
{
    protected const string Region = "cn-hangzhou", Bucket = "transfers", Key = "disks/a b/über+1.raw";
    protected const int Size = 30_000_000;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private TestEmulator _emulator = null!;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("ecs-transfer-").FullName;

    protected Uri Address => _emulator.Address;

    protected HttpMessageInvoker Http => _http;

    private protected Core.Oss.OssClient Oss { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _emulator = await TestEmulator.StartAsync(static o => o with { });
        Oss = Client(_http);
        await Oss.PutBucketAsync(Region, Bucket, CancellationToken.None);
        var bytes = new byte[Size];
        var random = new Random(20261124);
        random.NextBytes(bytes.AsSpan(0, 9_000_000));
        random.NextBytes(bytes.AsSpan(25_000_000));
        await File.WriteAllBytesAsync(In("source"), bytes);
    }

    public async Task DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private protected async Task<UploadedObject> UploadAsync(
        string file, IProgress<DiskCopyProgress>? progress = null, int parallel = 3, Func<UploadJob, UploadJob>? change = null, Core.Oss.OssClient? by = null, CancellationToken stop = default)
    {
        await using var source = FileSource.Open(In(file));
        var job = new UploadJob(Region, Bucket, Key, source) { CheckpointPath = In("checkpoint"), Fingerprint = "1", Parallel = parallel, Progress = progress };
        return await ObjectUpload.RunAsync(by ?? Oss, change is null ? job : change(job), stop);
    }

    private protected Task<long> DownloadAsync(IProgress<DiskCopyProgress>? progress = null, Core.Oss.OssClient? by = null, CancellationToken stop = default) =>
        ObjectDownload.RunAsync(by ?? Oss, new DownloadJob(Region, Bucket, Key, In("target")) { Parallel = 2, Progress = progress }, stop);

    private protected async Task FaultAsync(string kind, string operation, int count)
    {
        using var http = new HttpClient { BaseAddress = Address };
        object fault = kind switch
        {
            "Error" => new { kind, product = "oss", operation, count, code = "InternalError", status = 500 },
            "Delay" => new { kind, product = "oss", operation, count, delayMilliseconds = 5000 },
            _ => new { kind, product = "oss", operation, count },
        };
        var made = await http.PostAsJsonAsync("/_emulator/faults", fault);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
    }

    private protected async Task<JsonElement> FaultsAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        return await http.GetFromJsonAsync<JsonElement>("/_emulator/faults");
    }

    private protected async Task<(string? Operation, int Status, string Parameters)[]> RequestsAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        var requests = await http.GetFromJsonAsync<JsonElement>("/_emulator/requests");
        return [.. requests.EnumerateArray().Select(static r => (r.GetProperty("operation").GetString(), r.TryGetProperty("status", out var s) && s.ValueKind is JsonValueKind.Number ? s.GetInt32() : 0, r.TryGetProperty("parameters", out var p) ? p.GetString() ?? "" : ""))];
    }

    private protected Core.Oss.OssClient Client(HttpMessageInvoker http) => new(http, Options(Address), null);

    private protected static AcsClientOptions Options(Uri address) => new()
    {
        Credentials = new Fixed(new AcsCredential(EmulatorOptions.DefaultKey.Id, EmulatorOptions.DefaultKey.Secret)),
        Endpoints = AcsEndpoints.At(address.GetLeftPart(UriPartial.Authority)),
        Retry = new RetryPolicy { BaseDelay = TimeSpan.FromMilliseconds(1), MaxAttempts = 8 },
    };

    protected string In(string name) => Path.Combine(Folder, name);

    private protected sealed class Told(Action<DiskCopyProgress> report) : IProgress<DiskCopyProgress>
    {
        public void Report(DiskCopyProgress value) => report(value);
    }

    private protected sealed class Fixed(AcsCredential credential) : ICredentialSource
    {
        public string Description => "a test's key";

        public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => new(credential);
    }
}
