using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class CopyImage : IOperation
{
    private const int MostGiB = 2048;

    public string Name => "CopyImage";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = [.. ImageWords.Judged, .. TagWords.Judged];

    public Reply Run(Call call, Session store)
    {
        var name = ImageWords.Name(call, "DestinationImageName");
        var description = ImageWords.Description(call, "DestinationDescription") ?? "";
        var tags = TagWords.Read(call);
        var group = ImageWords.ResourceGroup(call);
        var destination = call.Text("DestinationRegionId") ?? call.RegionId;
        if (!Regions.IsOpen(destination)) throw Error.Of("DestinationRegion.NotFound", destination);
        var source = Images.NeedUsable(call, store, call.Needed("ImageId"));
        NeedCopyable(call, source, destination);
        var encryption = CopyEncryption.Of(call, source, destination);
        // Another copy of the same image to the same place, not done yet.
        if (store.Scalar<long>(
            "SELECT EXISTS (SELECT 1 FROM image WHERE source_image = $id AND is_copied = 1 AND account = $account AND region = $region AND ready_at > $now)",
            ("id", source.Id), ("account", call.Account), ("region", destination), ("now", call.Now.Milliseconds())) > 0)
            throw Error.Of("OperationDenied.ImageCopyConflict", source.Id, destination);
        ImageQuota.NeedRoom(store, call.Account, destination);
        var id = Ids.Image(destination);
        if (name is not null) ImageWords.NeedFree(store, call.Account, destination, name);
        var start = WorkQueue.Copies.NextStart(store, call.Account, destination);
        var copy = source with
        {
            Id = id,
            Name = name ?? DefaultName(store, call.Account, destination, source, id),
            Owner = call.Account,
            RegionId = destination,
            Description = description,
            Family = "",
            // The service drops this setting on every copy.
            Nvme = "unsupported",
            CreatedAt = call.Now,
            StartedAt = start,
            Duration = TimeSpan.FromMilliseconds(store.Duration(1)),
            IsPublic = false,
            IsCopied = true,
            MadeBy = Name,
            SourceImage = source.Id,
            SourceRegion = call.RegionId,
            SourceInstance = null,
            Encrypted = source.Encrypted || encryption.OfAll,
            KmsKey = encryption.KmsKey,
            ResourceGroup = group,
            Detection = "",
        };
        ImageRows.Insert(store, copy with { Disks = [.. source.Disks.Select(d => Disk(store, copy, d with { Encrypted = d.Encrypted || encryption.OfAll }))] });
        TagRows.Put(store, call.Account, destination, "image", id, tags);
        return new(new() { ["ImageId"] = id });
    }

    private static void NeedCopyable(Call call, Image source, string destination)
    {
        var isOwn = source.Owner == call.Account;
        if (source.CatalogAlias.Length > 0) throw Error.Of("OperationDenied", $"{source.Id} is of the kind {source.CatalogAlias}; only own and shared images can be copied");
        if (source.IsPublic) throw Error.Of("OperationDenied.CommunityImage", source.Id);
        if (!isOwn && destination != call.RegionId) throw Error.Of("OperationDenied.SameRegionOnly", source.Id, call.RegionId);
        if (ImageState.At(source, call.Now) is var state and not ImageState.Available) throw Error.Of("IncorrectImageStatus", source.Id, state);
        if (source.Disks.Any(static d => d.SizeGiB > MostGiB)) throw Error.Of("SizeExceed.Image", source.Id, $"a disk is larger than {MostGiB} GiB");
    }

    private static ImageDisk Disk(Session store, Image copy, ImageDisk disk)
    {
        var made = disk with { OssBucket = "", OssObject = "" };
        // An empty data disk has no snapshot, nor has its copy.
        if (disk.Snapshot.Length == 0) return made;
        var source = new SourceDisk(disk.Device, disk.Type, disk.SizeGiB, "", "", disk.Encrypted, disk.Encrypted ? copy.KmsKey : "", disk.ContentId);
        return made with { Snapshot = ImageSnapshots.Insert(store, copy, source, copy.Id) };
    }

    // The service's own default is not documented; the source's name, where it is free, is what one looks for.
    private static string DefaultName(Session store, string account, string region, Image source, string id) =>
        ImageRows.NameTaken(store, account, region, source.Name) ? id : source.Name;
}

/// <summary>How a copy is encrypted: what is encrypted stays so, and where it is asked for, the rest is too.</summary>
/// <param name="OfAll">Whether all disks are, however those of the source were.</param>
/// <param name="KmsKey">With which key; an empty one is the service's own.</param>
internal sealed record CopyEncryption(bool OfAll, string KmsKey)
{
    private static readonly string[] Algorithms = ["AES-256", "SM4-128"];

    public static CopyEncryption Of(Call call, Image source, string destination)
    {
        var (asked, key, algorithm) = (call.Bool("Encrypted"), call.Text("KMSKeyId"), call.Text("EncryptAlgorithm"));
        if (source.Encrypted && asked == false) throw Error.Of("OperationDeined.EncryptedSnapshot", source.Id);
        var encrypted = source.Encrypted || asked == true;
        if (key is not null && !encrypted) throw Error.Of("InvalidEncrypted.NotMatchKmsKeyId", key);
        if (algorithm is not null && !Algorithms.Contains(algorithm.ToUpperInvariant(), StringComparer.Ordinal)) throw Error.Of("InvalidEncryptAlgorithm", algorithm);
        if (algorithm is not null && !encrypted) throw Error.Of("InvalidEncrypted.NotMatchEncryptAlgorithm", algorithm);
        var isOwnHere = destination == call.RegionId && source.Owner == call.Account;
        // Keys belong to a region: elsewhere the service's own is taken where none is named. So it is for another account's image.
        var copy = new CopyEncryption(asked == true, key ?? (isOwnHere ? source.KmsKey : ""));
        // Within the region there is no point but another encryption.
        var changes = copy.KmsKey != source.KmsKey || (copy.OfAll && !source.IsWhollyEncrypted);
        return changes || !isOwnHere ? copy : throw Error.Of("IncorrectDestinationRegion", destination);
    }
}
