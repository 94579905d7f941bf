using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Detection;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class CreateImage : IOperation
{
    private const int MostOfVersion = 40;

    private static readonly string[] Architectures = ["i386", "x86_64", "arm64"];

    public string Name => "CreateImage";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = [.. ImageWords.Judged, .. TagWords.Judged];

    public Reply Run(Call call, Session store)
    {
        var name = ImageWords.Name(call, "ImageName");
        var description = ImageWords.Description(call, "Description") ?? "";
        var family = ImageWords.Family(call);
        var tags = TagWords.Read(call);
        var wanted = Wanted.Read(call);
        var source = ImageSource.Find(call, store);
        if (family is not null) ImageQuota.NeedRoomInFamily(call, store, family, "ImageQuotaExceed.ImageFamily", "ImageFamilyQuotaExceed");
        ImageQuota.NeedRoom(store, call.Account, call.RegionId);
        var id = Ids.Image(call.RegionId);
        if (name is not null) ImageWords.NeedFree(store, call.Account, call.RegionId, name);

        var image = wanted.Over(source.Inherited, isInstance: call.Text("InstanceId") is not null) with
        {
            Id = id,
            // The service picks a name where none is given; the id is the one name that is free for sure.
            Name = name ?? id,
            Owner = call.Account,
            RegionId = call.RegionId,
            Description = description,
            Family = family ?? "",
            Version = VersionOf(call, source.Inherited),
            SizeGiB = source.Disks[0].SizeGiB,
            CreatedAt = call.Now,
            StartedAt = call.Now,
            Duration = TimeSpan.FromMilliseconds(store.Duration(1)),
            Outcome = ImageState.Available,
            Failure = "",
            IsPublic = false,
            IsCopied = false,
            MadeBy = Name,
            SourceImage = source.Inherited.Id.Length > 0 ? source.Inherited.Id : null,
            SourceRegion = source.Inherited.Id.Length > 0 ? call.RegionId : null,
            SourceInstance = call.Text("InstanceId"),
            Encrypted = source.Disks.Any(static d => d.Encrypted),
            KmsKey = source.Disks.FirstOrDefault(static d => d.Encrypted)?.KmsKey ?? "",
            Supplier = "",
            ResourceGroup = ImageWords.ResourceGroup(call),
            Detection = "",
            CatalogAlias = "",
        };
        ImageRows.Insert(store, image with { Disks = [.. source.Disks.Select(d => Disk(store, image, d))] });
        if (call.Text("DetectionStrategy") is not null) DetectionWork.Ask(store, image);
        TagRows.Put(store, call.Account, call.RegionId, "image", id, tags);
        return new(new() { ["ImageId"] = id });
    }

    private static ImageDisk Disk(Session store, Image image, SourceDisk disk)
    {
        // Only a running or stopped disk has a snapshot still to be made; an empty data disk has none at all.
        var snapshot = disk.Snapshot.Length == 0 && disk.DiskId.Length > 0 ? ImageSnapshots.Insert(store, image, disk, image.SourceImage) : disk.Snapshot;
        return new(disk.Device, disk.Type, disk.SizeGiB, snapshot, "", Encrypted: disk.Encrypted, ContentId: disk.ContentId);
    }

    // What comes of the Marketplace keeps its version; anything else has the one that it is given. Source: rules.md 47.
    private static string VersionOf(Call call, Image source)
    {
        var (given, product) = (call.Text("ImageVersion"), source.ProductCode);
        if (product.Length > 0)
            return given is null || given == source.Version ? source.Version
                : throw Error.Of("InvalidImageVersion.Malformed", given, $"the source is of the product {product}, whose version is \"{source.Version}\"");
        if (given?.Length > MostOfVersion) throw Error.Of("InvalidImageVersion.Malformed", given, $"it has {given.Length} characters; at most {MostOfVersion} are allowed");
        return given ?? "";
    }

    /// <summary>The properties that a call may name itself.</summary>
    private sealed record Wanted(string? Architecture, string? Platform, string? BootMode, string? Imds, string? SecureBoot)
    {
        public static Wanted Read(Call call)
        {
            var platforms = call.Operation.Request.First(static f => f.Name == "Platform").KnownValues;
            if (call.Text("DetectionStrategy") is { } strategy && strategy != "Standard")
                throw Error.Invalid("DetectionStrategy", $"{strategy} is not Standard.");
            var secure = call.Struct("SecureBootOptions").Text("SecureBootSupport");
            if (secure is not (null or "supported" or "unsupported"))
                throw Error.Invalid("SecureBootOptions.SecureBootSupport", $"{secure} is neither supported nor unsupported.");
            return new(
                Choice.Of(call, "Architecture", "InvalidArchitecture.Malformed", Architectures),
                Choice.Of(call, "Platform", "InvalidPlatform.Malformed", [.. platforms]),
                BootModes.Read(call), Imds: ImdsOf(call), secure);
        }

        // Architecture and platform are for snapshots that say neither; an instance knows its own.
        public Image Over(Image inherited, bool isInstance)
        {
            var architecture = isInstance || Architecture is null ? inherited.Architecture : Architecture;
            var platform = isInstance || Platform is null ? inherited.Platform : Platform;
            var system = platform == inherited.Platform ? inherited
                : inherited with { OsType = platform.StartsWith("Windows", StringComparison.Ordinal) ? "windows" : "linux", OsName = "", OsNameEn = "" };
            var image = system with
            {
                Architecture = architecture,
                Platform = platform,
                Imds = Imds ?? inherited.Imds,
                SecureBoot = SecureBoot ?? inherited.SecureBoot,
            };
            return image with { BootMode = BootModes.For(image, BootMode) };
        }

        private static string? ImdsOf(Call call)
        {
            var imds = call.Struct("Features").Text("ImdsSupport");
            return imds is null or "v1" or "v2" ? imds : throw Error.Of("InvalidParameter.FeaturesImdsSupport", imds);
        }
    }
}
