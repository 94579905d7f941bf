using System.Runtime.CompilerServices;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Images.Choice;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Workflows;

/// <summary>The images of a region, ranked.</summary>
internal sealed record RankedRegion(string RegionId, RankedImages Images);

/// <summary>Reads what a choice of images needs, and has it ranked.</summary>
internal sealed class ImageChoosing(EcsAccess access)
{
    private static readonly EcsImageType[] ForReplacement = [EcsImageType.Public];

    private readonly ImageQueries _images = new(access);
    private readonly MachineQueries _machines = new(access);

    /// <summary>The day to judge support by.</summary>
    public DateOnly Today => access.Today;

    /// <summary>The images of these kinds that answer a question, started on all of these types.</summary>
    public async IAsyncEnumerable<IReadOnlyList<RankedRegion>> ChooseAsync(
        ImageQuestion question, IReadOnlyList<string> types, ImageFilter filter, string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        var asked = question with { InstanceTypes = await TypesAsync(types, regionId, stop).ConfigureAwait(false) };
        yield return [new(regionId, ImageRanking.Rank(await AllAsync(filter, regionId, stop).ConfigureAwait(false), asked))];
    }

    /// <summary>The images that can take the place of one.</summary>
    /// <param name="old">An id, also of an image that is gone; a family; or an operating system in words.</param>
    /// <param name="question">What else is asked of the image.</param>
    /// <param name="types">The types that it must start on; if none are named, those of own instances of the old image.</param>
    /// <param name="regionId">Where.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="EcsNotFoundException">There is no such image, and its name says no operating system.</exception>
    public async Task<RankedRegion> ReplaceAsync(string old, ImageQuestion question, IReadOnlyList<string> types, string regionId, CancellationToken stop)
    {
        var replaced = await ReplacedAsync(old, regionId, stop).ConfigureAwait(false);
        if (types.Count == 0 && replaced.Image is { } image)
        {
            var instances = new List<EcsInstance>();
            var own = new DescribeInstancesRequest { RegionId = regionId, ImageId = image.ImageId };
            await foreach (var page in _machines.InstancesAsync(own, stop).ConfigureAwait(false)) instances.AddRange(page);
            replaced = replaced with { InstanceCount = instances.Count };
            types = [.. instances.Select(static i => i.InstanceType).OfType<string>().Distinct(StringComparer.Ordinal)];
        }
        var asked = question with { Replaced = replaced, InstanceTypes = await TypesAsync(types, regionId, stop).ConfigureAwait(false) };
        var found = new List<EcsImage>(await AllAsync(new ImageFilter { ImageTypes = ForReplacement, OSType = replaced.OSType }, regionId, stop).ConfigureAwait(false));
        if (replaced.Image is { ImageType: EcsImageType.Custom, Family: { } family })
            found.AddRange(await AllAsync(new ImageFilter { ImageTypes = [EcsImageType.Custom], Family = family }, regionId, stop).ConfigureAwait(false));
        return new(regionId, ImageRanking.Rank(found, asked));
    }

    private async Task<ReplacedImage> ReplacedAsync(string old, string regionId, CancellationToken stop)
    {
        var isId = old.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (isId && await _images.FindAsync([old], regionId, stop).ConfigureAwait(false) is [var image, ..])
        {
            return ReplacedImage.Of(image, Today) ?? throw new PreconditionException("UnknownOperatingSystem",
                $"Image '{old}' says '{image.OSName ?? image.Platform}' of its operating system, which is none that the module knows; so nothing is known to succeed it.");
        }
        if (old.StartsWith("m-", StringComparison.Ordinal)) throw ImageQueries.NotFound(old, regionId);
        return ReplacedImage.Of(old, Today) ?? throw new EcsNotFoundException("InvalidImageId.NotFound",
            $"There is no image '{old}' in {regionId}, and its name says no operating system that the module knows. Such names are ubuntu_18_04_x64_20G_alibase_20230727.vhd, acs:ubuntu_18_04_x64 or 'Ubuntu 18.04'.");
    }

    private async Task<IReadOnlyList<EcsInstanceType>> TypesAsync(IReadOnlyList<string> names, string regionId, CancellationToken stop)
    {
        if (names.Count == 0) return [];
        var types = new List<EcsInstanceType>();
        await foreach (var page in _machines.InstanceTypesAsync(new DescribeInstanceTypesRequest { InstanceTypes = names }, regionId, stop).ConfigureAwait(false)) types.AddRange(page);
        var missing = names.FirstOrDefault(n => !types.Exists(t => string.Equals(t.InstanceType, n, StringComparison.OrdinalIgnoreCase)));
        return missing is null ? types : throw new AcsException("InvalidInstanceType.ValueNotSupported", $"There is no instance type '{missing}' in {regionId}. Types look like ecs.g7.large.")
        {
            Operation = EcsApi.DescribeInstanceTypes.Name,
            Action = EcsApi.DescribeInstanceTypes.Action,
            RegionId = regionId,
        };
    }

    private async Task<IReadOnlyList<EcsImage>> AllAsync(ImageFilter filter, string regionId, CancellationToken stop)
    {
        var all = new List<EcsImage>();
        await foreach (var page in _images.ListAsync(filter, regionId, stop).ConfigureAwait(false)) all.AddRange(page);
        return all;
    }
}
