using System.Text;
using EcsImages.Core.Disks;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>Looks at the objects that a call names.</summary>
internal static class ObjectLooks
{
    /// <summary>What each object is, by its body, which is never another's; what is not there is left out.</summary>
    public static async Task<IReadOnlyDictionary<long, ObjectLook>> ReadAsync(Call call, OssStore store, CancellationToken stop)
    {
        var looks = new Dictionary<long, ObjectLook>();
        foreach (var mapping in ImportDisk.Asked(call))
        {
            if (mapping.Text("OSSBucket") is not { } bucket || mapping.Text("OSSObject") is not { } name) continue;
            var key = Encoding.UTF8.GetBytes(name);
            var (body, reader) = BodyReader.Open(store, session =>
            {
                var found = StoredObject.Find(session, bucket, key);
                return (found?.Body, new BodyRange(found?.Body ?? 0, 0, found?.Size ?? 0));
            });
            var source = new BodySource(reader, name);
            await using (source.ConfigureAwait(false))
                if (body is { } known && !looks.ContainsKey(known)) looks.Add(known, await LookAsync(source, mapping.Text("Format"), stop).ConfigureAwait(false));
        }
        return looks;
    }

    private static async Task<ObjectLook> LookAsync(BodySource source, string? said, CancellationToken stop)
    {
        var head = new byte[Math.Min(DiskMagic.HeadLength, source.Length)];
        var tail = new byte[Math.Min(DiskMagic.TailLength, source.Length)];
        await source.ReadExactlyAsync(0, head, stop).ConfigureAwait(false);
        await source.ReadExactlyAsync(source.Length - tail.Length, tail, stop).ConfigureAwait(false);
        var format = DiskMagic.Of(head, tail);
        // What is said to be something else fails for that, whatever is in it.
        return said is not null && !said.Equals(format, StringComparison.OrdinalIgnoreCase) ? new(format, null) : await ObjectLook.AtAsync(source, format, stop).ConfigureAwait(false);
    }
}
