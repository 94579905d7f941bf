using EcsImages.Local.Contents;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Buckets;
using EcsImages.Local.Oss.Objects;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>The object that a disk is made of, found and judged.</summary>
/// <param name="Disk">What was asked for.</param>
/// <param name="Object">The bytes.</param>
/// <param name="SizeGiB">Of the disk; it ends in zeros where the object is shorter.</param>
/// <param name="Format">As the image will say.</param>
/// <param name="Length">Of the disk in it, in bytes.</param>
/// <param name="Fault">Why the import will fail, which shows only when the service reads the object; null where nothing shows so far.</param>
internal sealed record ImportSource(ImportDisk Disk, StoredObject Object, int SizeGiB, string Format, long Length, string? Fault)
{
    private const long GiB = 1L << 30;

    /// <summary>Whether the bytes of the object are those of the disk, so that none need be moved.</summary>
    public bool IsDiskItself => Format == DiskMagic.Raw;

    public static ImportSource Find(Call call, Session store, ServiceRole role, ImportDisk disk, IReadOnlyDictionary<long, ObjectLook> looks)
    {
        var bucket = Bucket.Find(store, disk.Bucket) ?? throw Error.Of("InvalidOSSBucket.NotFound", disk.Bucket);
        if (bucket.Account != call.Account) throw Error.Of("InvalidOSSBucket.NotMatched", disk.Bucket, "it belongs to another account");
        if (bucket.Region != call.RegionId) throw Error.Of("InvalidOSSBucket.NotMatched", disk.Bucket, $"it is in {bucket.Region}, and the import in {call.RegionId}");
        role.NeedRight("oss:GetObject", call.Account, disk.Bucket, disk.Object);
        var found = StoredObject.Find(store, disk.Bucket, disk.Key) ?? throw Error.Of("InvalidOSSObject.NotFound", disk.Object, disk.Bucket);
        if (found.Size == 0) throw Error.Of("InvalidOSSObject.Size", disk.Object);
        // Written anew between the look at it and this transaction.
        if (!looks.TryGetValue(found.Body, out var look)) throw Error.Of("ImportImageFailed", $"{disk.Object} was changed meanwhile; try again");
        var format = disk.Format ?? look.Format;
        var fault = FaultOf(disk, format, look);
        if (fault is null && look.Refusal is not null) throw look.Refusal;
        // Of what is no such disk nobody knows how large it is.
        var length = fault is null ? look.Length!.Value : 1;
        var least = (Math.Max(length, format == DiskMagic.Raw ? found.Size : 1) + GiB - 1) / GiB;
        var size = disk.CheckSize(disk.SizeGiB ?? least);
        if (size < least) throw Error.Of(disk.SizeCode, $"{disk.Name}.DiskImageSize", $"{size} GiB is less than the {length} bytes of the disk in {disk.Object}");
        return new(disk, found, size, format, length, fault);
    }

    /// <summary>The object's bytes as parts of a content, shared with the object.</summary>
    public IReadOnlyList<ContentPart> Parts(Session store) =>
    [
        .. BodyRows.Read(store, Object.Body, 0, Object.Size).Select(p => p.ContentId is null
            ? new ContentPart(p.Start, p.Length, null, 0, BodyRows.Bytes(store, p).AsSpan((int)p.Offset, (int)p.Length).ToArray())
            : new ContentPart(p.Start, p.Length, p.ContentId, p.Offset, null)),
    ];

    private static string? FaultOf(ImportDisk disk, string format, ObjectLook look) =>
        format == look.Format && DiskMagic.FormatOf(format) is not null ? look.Problem
        : disk.Format is null ? $"{disk.Object} is {look.Format}, which cannot be imported."
        : look.Format == DiskMagic.Raw ? $"{disk.Object} is said to be {format}, but has no header of that format."
        : $"{disk.Object} is said to be {format}, but its header is that of {look.Format}.";
}
