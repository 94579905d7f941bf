using System.Security.Cryptography;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;
using EcsImages.Core.Oss;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>Has the service write the disks of images as files into buckets.</summary>
internal sealed class ImageExports(EcsAccess access)
{
    private const int MostDataDisks = 4, MostDataGiB = 500;

    /// <summary>A prefix that no other export has, so that the files of this one can be told by it.</summary>
    public static string NewPrefix() => "ecs" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>What the service would refuse.</summary>
    /// <remarks>Source: ExportImage, and its error table.</remarks>
    /// <exception cref="PreconditionException">The code is the one that the service has for that.</exception>
    public async Task CheckAsync(EcsImage image, string? roleName, Action<string> note, CancellationToken stop)
    {
        var which = $"Image '{image.ImageId}' ({image.Name}) in {image.RegionId}";
        if (image.ImageType is not EcsImageType.Custom || image.IsPublic is true)
            throw new PreconditionException("InvalidImageCategory.NotSupported", $"{which} is a {(image.ImageType is EcsImageType.Custom ? EcsImageType.Community : image.ImageType)} image; only own custom images that are not published can be exported. Copy it first, where that is allowed.");
        if (image.ProductCode is { Length: > 0 })
            throw new PreconditionException("InvalidImageCategory.NotSupported", $"{which} comes of a Marketplace image; such images cannot be exported.");
        if (image.IsEncrypted) throw new PreconditionException("ImageNotSupported", $"{which} is encrypted; encrypted images cannot be exported.");
        if (image.Status is not "Available") throw new PreconditionException("IncorrectImageStatus", $"{which} is {image.Status}; only one that is Available can be exported.");
        var data = image.Disks.Where(static d => d.DiskType == "data").ToArray();
        if (data.Length > MostDataDisks || data.Any(static d => d.SizeGiB > MostDataGiB))
            throw new PreconditionException("InvalidImage.DiskAmountOrSize", $"{which} has {data.Length} data disks, the largest of {data.Max(static d => d.SizeGiB)} GiB; an export takes {MostDataDisks} at most, each of {MostDataGiB} GiB at most.");
        await ServiceRole.Export.NeedAsync(access, roleName, image.RegionId, note, stop).ConfigureAwait(false);
    }

    /// <summary>Asks for it; returns the id of its task.</summary>
    /// <remarks>It has no ClientToken, so it is not sent twice: where its answer was lost, the image's running export tells that it was carried out, since an image has one at a time.</remarks>
    public async Task<string> StartAsync(ExportImageRequest request, CancellationToken stop)
    {
        try
        {
            var reply = await access.CallAsync(EcsApi.ExportImage, request.RegionId, request, stop).ConfigureAwait(false);
            return reply.TaskId ?? throw new InvalidDataException("ExportImage answered without a TaskId.");
        }
        catch (AcsException e) when (e.Code is AcsErrorCodes.ConnectionFailed or AcsErrorCodes.CallTimedOut)
        {
            if (await FindTaskAsync(request.ImageId, request.RegionId, stop).ConfigureAwait(false) is { } task) return task.TaskId;
            throw;
        }
    }

    /// <summary>The objects that an export has made, the system disk's first: as its task names them, or else by their prefix.</summary>
    public async Task<IReadOnlyList<string>> FindObjectsAsync(EcsTask task, string bucket, string prefix, CancellationToken stop)
    {
        var keys = task.ObjectKey.Count > 0 ? task.ObjectKey : [.. (await access.Client.Oss.ListAsync(task.RegionId, bucket, prefix, stop).ConfigureAwait(false)).Select(static o => o.Key)];
        return keys.Count == 0 ? throw new InvalidDataException($"Task {task.TaskId} has finished, but there is no object in the bucket {bucket} whose name begins with {prefix}.")
            : [.. keys.OrderByDescending(static k => k.Contains("system", StringComparison.OrdinalIgnoreCase)).ThenBy(static k => k, StringComparer.Ordinal)];
    }

    private async Task<EcsTask?> FindTaskAsync(string imageId, string regionId, CancellationToken stop)
    {
        var filter = new TaskFilter { Action = nameof(EcsApi.ExportImage), ResourceId = imageId, Status = ["Waiting", "Processing"] };
        await foreach (var page in new TaskQueries(access).ListBrieflyAsync(filter, regionId, stop).ConfigureAwait(false))
            if (page is [var task, ..]) return task;
        return null;
    }
}
