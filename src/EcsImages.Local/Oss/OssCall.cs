using System.Security.Cryptography;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Buckets;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oss;

/// <summary>A request that was found to be its sender's.</summary>
/// <param name="Request">As it came.</param>
/// <param name="Address">What it addresses.</param>
/// <param name="Caller">Null for an anonymous one.</param>
/// <param name="Store">Where everything is.</param>
internal sealed record OssCall(OssRequest Request, OssAddress Address, Caller? Caller, OssStore Store)
{
    /// <summary>What the caller's policies let it do.</summary>
    public required OssRights Rights { get; init; }

    public string BucketName => Address.Bucket;

    /// <summary>The key as the store has it.</summary>
    public byte[] Key => field ??= OssNames.CheckKey(Address.Key);

    public string? Parameter(string name) => Request.Parameter(name);

    public string? Header(string name) => Request.Header(name);

    /// <summary>Runs in a transaction that changes nothing.</summary>
    public T Read<T>(Func<Session, T> run)
    {
        using var session = Store.Database.Read();
        return run(session);
    }

    /// <summary>Runs in the one write transaction; it says whether contents may be left over after it.</summary>
    public T Write<T>(Func<Session, (T Result, bool FreesContents)> run)
    {
        T result;
        bool frees;
        using (var session = Store.Database.Write())
        {
            (result, frees) = run(session);
            session.Commit();
        }
        if (frees) Collect();
        return result;
    }

    /// <summary>The body of a request that carries XML, checked against Content-MD5.</summary>
    public async Task<byte[]> ReadSmallBodyAsync(CancellationToken stop)
    {
        if (Request.ContentLength > OssXml.Most) throw OssError.Of("EntityTooLarge");
        var buffer = new byte[8192];
        using var body = new MemoryStream();
        while (await Request.Body.ReadAsync(buffer, stop).ConfigureAwait(false) is > 0 and var count)
        {
            if (body.Length + count > OssXml.Most) throw OssError.Of("EntityTooLarge");
            body.Write(buffer, 0, count);
        }
        var bytes = body.ToArray();
        if (Request.ContentLength is { } announced && announced != bytes.Length) throw OssError.Of("IncompleteBody");
#pragma warning disable CA5351 // Content-MD5 is what the protocol has.
        ContentMd5.Check(Request, MD5.HashData(bytes));
#pragma warning restore CA5351
        return bytes;
    }

    /// <summary>The bucket, at an endpoint of its region.</summary>
    /// <exception cref="OssError">There is none, or the endpoint is another region's.</exception>
    public Bucket NeedBucket(Session session)
    {
        OssNames.CheckBucket(BucketName);
        var bucket = Bucket.Find(session, BucketName) ?? throw OssError.Of("NoSuchBucket", ("BucketName", BucketName));
        if (Address.Region is null || Address.Region == bucket.Region) return bucket;
        throw OssError.Of("AccessDenied.Endpoint", ("Bucket", bucket.Name), ("Endpoint", bucket.Location + ".aliyuncs.com"));
    }

    // What was changed is committed: what still goes wrong is no error of the call, and is finished at the next opening.
    private void Collect()
    {
        try
        {
            Store.Contents.Collect(CancellationToken.None);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            System.Diagnostics.Trace.TraceWarning($"Contents were not collected: {e.Message}");
        }
    }
}
