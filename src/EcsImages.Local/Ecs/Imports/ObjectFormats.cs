using System.Text;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>Looks at the objects that a call names.</summary>
internal static class ObjectFormats
{
    /// <summary>What each object is, by its body, which is never another's; what is not there is left out.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> ReadAsync(Call call, OssStore store, CancellationToken stop)
    {
        var formats = new Dictionary<long, string>();
        foreach (var mapping in call.Structs("DiskDeviceMapping"))
        {
            if (mapping.Text("OSSBucket") is not { } bucket || mapping.Text("OSSObject") is not { } name) continue;
            var key = Encoding.UTF8.GetBytes(name);
            var (body, head) = await ReadAsync(store, bucket, key, 0, DiskMagic.HeadLength, stop).ConfigureAwait(false);
            var (same, tail) = await ReadAsync(store, bucket, key, -DiskMagic.TailLength, DiskMagic.TailLength, stop).ConfigureAwait(false);
            if (body is { } known && same == known) formats[known] = DiskMagic.Of(head, tail);
        }
        return formats;
    }

    // From the start, or where that is negative, so many bytes before the end.
    private static async Task<(long? Body, byte[] Bytes)> ReadAsync(OssStore store, string bucket, byte[] key, long start, int most, CancellationToken stop)
    {
        var (found, reader) = BodyReader.Open(store, session =>
        {
            var known = StoredObject.Find(session, bucket, key);
            var from = start >= 0 ? start : Math.Max(0, (known?.Size ?? 0) + start);
            return (known, new BodyRange(known?.Body ?? 0, from, Math.Min(most, (known?.Size ?? 0) - from)));
        });
        var stream = new BodyStream(reader);
        await using (stream.ConfigureAwait(false))
        {
            var bytes = new byte[reader.Length];
            await stream.ReadExactlyAsync(bytes, stop).ConfigureAwait(false);
            return (found?.Body, bytes);
        }
    }
}
