using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Parameters;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes the ids of images by id or name.</summary>
public abstract class ImageCompleter : LiveCompleter
{
    private protected abstract ImageFilter Filter { get; }

    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeImagesAsync(access, Filter, regionId, static i => new(i.ImageId, i.Name), stop);

    // The service looks for parts of names, but for whole ids only; ids of public images begin as their names do.
    private protected override string? PartOf(string typed) => typed.StartsWith("m-", StringComparison.OrdinalIgnoreCase) ? null : new NameMatch([typed]).Part;

    private protected override Task<Suggestions> ReadPartAsync(EcsAccess access, string part, string regionId, CancellationToken stop) =>
        FirstPages.TakeImagesAsync(access, Filter with { NamePart = part }, regionId, static i => new(i.ImageId, i.Name), stop);
}

/// <summary>Completes the ids of images that one can use.</summary>
public sealed class ImageIdCompleter : ImageCompleter
{
    private protected override ImageFilter Filter => new();
}

/// <summary>Completes the ids of one's own images.</summary>
public sealed class OwnImageIdCompleter : ImageCompleter
{
    private protected override ImageFilter Filter => new() { ImageTypes = [EcsImageType.Custom] };
}

/// <summary>Completes image families.</summary>
public sealed class FamilyCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        ImageWords.ReadAsync(access, regionId, static i => i.Family, stop);
}

/// <summary>Completes platforms.</summary>
public sealed class PlatformCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        ImageWords.ReadAsync(access, regionId, static i => i.Platform, stop);
}

/// <summary>Words that images have, in their order.</summary>
internal static class ImageWords
{
    public static async Task<Suggestions> ReadAsync(EcsAccess access, string regionId, Func<EcsImage, string?> word, CancellationToken stop)
    {
        var read = await FirstPages.TakeImagesAsync(access, new ImageFilter(), regionId, i => word(i) is { } known ? new(known, null) : null, stop).ConfigureAwait(false);
        return read with { Values = [.. read.Values.OrderBy(static s => s.Value, StringComparer.Ordinal)] };
    }
}
