using EcsImages.Core.Ecs;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>Has the service make images of objects in its buckets.</summary>
internal static class ImageImports
{
    /// <summary>Asks for it; under the same ClientToken the answer is the same.</summary>
    public static async Task<(string ImageId, string? TaskId)> StartAsync(EcsAccess access, ImportImageRequest request, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.ImportImage, request.RegionId, request, stop).ConfigureAwait(false);
        return (reply.ImageId ?? throw new InvalidDataException("ImportImage answered without an ImageId."), reply.TaskId);
    }
}
