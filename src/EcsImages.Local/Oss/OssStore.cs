using EcsImages.Local.Contents;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss;

/// <summary>Where buckets, objects and their bytes are.</summary>
internal sealed record OssStore(Database Database, DiskContents Contents);
