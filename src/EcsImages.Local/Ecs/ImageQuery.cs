using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>What a DescribeImages call asks for, read and checked.</summary>
internal sealed record ImageQuery
{
    public string? Alias { get; private init; }
    public bool Community { get; private init; }
    public string? Owner { get; private init; }
    public IReadOnlyList<string> Statuses { get; private init; } = [];

    /// <summary>Whether an instance could be made of it; null where either will do.</summary>
    public bool? Usable { get; private init; }
    public IReadOnlyList<string> Ids { get; private init; } = [];
    public string? ImageName { get; private init; }
    public string? Family { get; private init; }
    public string? OsType { get; private init; }
    public string? Architecture { get; private init; }
    public string? Usage { get; private init; }
    public string? Snapshot { get; private init; }
    public string? ResourceGroup { get; private init; }
    public InstanceType? Type { get; private init; }
    public bool? CloudInit { get; private init; }
    public bool? IoOptimized { get; private init; }
    public DateTimeOffset? From { get; private init; }
    public DateTimeOffset? Until { get; private init; }

    /// <summary>A filter that no image of ours can pass.</summary>
    public bool Nothing { get; private init; }
    public IReadOnlyList<(string Key, string? Value)> Tags { get; private init; } = [];

    public static ImageQuery Read(Call call)
    {
        var alias = Choice.Of(call, "ImageOwnerAlias", "InvalidImageOwnerAlias.ValueNotSupported", "system", "self", "others", "marketplace");
        var isPublic = call.Bool("IsPublic") ?? false;
        if (isPublic && alias != "others") throw Error.Of("InvalidImageOwnerAlias.PublicImageUnsupported");
        var owner = call.Text("ImageOwnerId");
        if (owner is not null && alias != "others") throw Error.Of("InvalidOperation.ImageOwnerIdUnsupported");
        if (call.Text("ActionType") is { } action && action is not ("CreateEcs" or "ChangeOS"))
            throw Error.Of("InvalidParamter", "ActionType", $"{action} is not one of CreateEcs, ChangeOS.");
        // With this one there is no usual status.
        if (call.Bool("Usable") is not null && call.Text("Status") is null) throw Error.Missing("Status");
        var ids = (call.Text("ImageId") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length > 100) throw Error.Of("InvalidParamter", "ImageId", $"there are {ids.Length} ids; at most 100 are allowed.");
        var query = new ImageQuery
        {
            Alias = alias,
            Community = isPublic,
            Owner = owner,
            Statuses = ReadStatuses(call),
            Ids = ids,
            ImageName = call.Text("ImageName"),
            Family = call.Text("ImageFamily"),
            OsType = Choice.Of(call, "OSType", "InvalidOSType", "windows", "linux"),
            Architecture = Choice.Of(call, "Architecture", "InvalidArchitecture", "i386", "x86_64", "arm64"),
            Usage = Choice.Of(call, "Usage", "InvalidUsage", "instance", "none"),
            Snapshot = call.Text("SnapshotId"),
            ResourceGroup = call.Text("ResourceGroupId"),
            Type = call.Text("InstanceType") is { } type
                ? InstanceTypes.Find(type) ?? throw Error.Of("InvalidInstanceType.ValueNotSupported", type) : null,
            CloudInit = call.Bool("IsSupportCloudinit"),
            IoOptimized = call.Bool("IsSupportIoOptimized"),
            Usable = call.Bool("Usable"),
            Tags = ReadTags(call),
        };
        return call.Structs("Filter").Aggregate(query, static (q, f) => q.WithFilter(f.Text("Key"), f.Text("Value") ?? ""));
    }

    private static IReadOnlyList<string> ReadStatuses(Call call)
    {
        if (call.Text("Status") is not { } text) return [ImageState.Available];
        if (text == "ALL") return ImageState.All;
        var statuses = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var strange = statuses.FirstOrDefault(static s => !ImageState.All.Contains(s));
        return strange is null ? statuses : throw Error.Of("InvalidParamter", "Status",
            $"{strange} is not one of {string.Join(", ", ImageState.All)}; ALL stands alone.");
    }

    private static List<(string, string?)> ReadTags(Call call)
    {
        var tags = call.Structs("Tag");
        if (tags.Count > 20) throw Error.Of("InvalidTagCount", tags.Count);
        return [.. tags.Select((t, i) => (t.Text("Key") ?? throw Error.Of("InvalidTag.Mismatch", i + 1), t.Text("Value")))];
    }

    private ImageQuery WithFilter(string? key, string value) => key switch
    {
        "CreationStartTime" => this with { From = Time(key, value) },
        "CreationEndTime" => this with { Until = Time(key, value) },
        "NetworkType" => value is "vpc" or "classic" ? this : throw Error.Of("InvalidFilterValue.NetworkType", value),
        // No image of ours can change processors or memory while running.
        "CpuOnlineUpgrade" or "CpuOnlineDowngrade" or "MemoryOnlineUpgrade" or "MemoryOnlineDowngrade" => value switch
        {
            "supported" => this with { Nothing = true },
            "unsupported" => this,
            _ => throw Error.Of("InvalidFilterValue", key, value),
        },
        _ => throw Error.Of("InvalidFilterKey.NotFound", key),
    };

    private static DateTimeOffset Time(string key, string value) =>
        Times.TryParse(value, out var time) ? time : throw Error.Of("InvalidFilterValue", key, value);
}
