using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows;

/// <summary>Changes images, and reads them again: what did not take effect is told.</summary>
internal sealed class ImageChanges(EcsAccess access)
{
    /// <summary>Most accounts in one ModifyImageSharePermission; the service silently drops the rest.</summary>
    private const int AccountsInOneCall = 10;

    private readonly ImageQueries _images = new(access);

    public async Task<string> CreateAsync(CreateImageRequest request, CancellationToken stop) =>
        (await access.CallAsync(EcsApi.CreateImage, request.RegionId, request, stop).ConfigureAwait(false)).ImageId
        ?? throw new InvalidDataException("CreateImage answered without an ImageId.");

    public async Task<string> CopyAsync(CopyImageRequest request, CancellationToken stop) =>
        (await access.CallAsync(EcsApi.CopyImage, request.RegionId, request, stop).ConfigureAwait(false)).ImageId
        ?? throw new InvalidDataException("CopyImage answered without an ImageId.");

    public Task CancelCopyAsync(string imageId, string regionId, CancellationToken stop) =>
        access.CallAsync(EcsApi.CancelCopyImage, regionId, new CancelCopyImageRequest { RegionId = regionId, ImageId = imageId }, stop);

    public Task DeleteAsync(DeleteImageRequest request, CancellationToken stop) =>
        access.DeleteAsync(EcsApi.DeleteImage, request.RegionId, request, "InvalidImageId.NotFound", stop);

    /// <summary>Changes attributes and reads the image again.</summary>
    /// <returns>The image as it now is, and the names of what did not take effect.</returns>
    public async Task<(EcsImage Image, IReadOnlyList<string> NotInEffect)> ModifyAsync(ModifyImageAttributeRequest request, CancellationToken stop)
    {
        await access.CallAsync(EcsApi.ModifyImageAttribute, request.RegionId, request, stop).ConfigureAwait(false);
        var image = await _images.GetAsync(request.ImageId, request.RegionId, stop).ConfigureAwait(false);
        var failed = new List<string>();
        Check(nameof(request.ImageName), request.ImageName, image.Name);
        Check(nameof(request.Description), request.Description, image.Description ?? "");
        Check(nameof(request.ImageFamily), request.ImageFamily, image.Family ?? "");
        Check(nameof(request.BootMode), request.BootMode, image.BootMode);
        Check(nameof(request.Status), request.Status, image.Status);
        Check(nameof(FeaturesRequest.NvmeSupport), request.Features?.NvmeSupport, image.NvmeSupport);
        Check(nameof(FeaturesRequest.ImdsSupport), request.Features?.ImdsSupport, image.ImdsSupport);
        return (image, failed);

        void Check(string name, string? wanted, string? actual)
        {
            if (wanted is not null && wanted != actual) failed.Add($"{name} is '{actual}' instead of '{wanted}'");
        }
    }

    /// <summary>CopyImage drops the NVMe setting: gives a finished copy that of its source.</summary>
    /// <returns>The copy as it now is, and the names of what did not take effect.</returns>
    public async Task<(EcsImage Image, IReadOnlyList<string> NotInEffect)> CarryNvmeOverAsync(EcsImage source, EcsImage copy, CancellationToken stop) =>
        source.NvmeSupport is not { } nvme || nvme == copy.NvmeSupport
            ? (copy, [])
            : await ModifyAsync(new ModifyImageAttributeRequest
            {
                RegionId = copy.RegionId,
                ImageId = copy.ImageId,
                Features = new FeaturesRequest { NvmeSupport = nvme },
            }, stop).ConfigureAwait(false);

    public async Task ShareAsync(string imageId, string regionId, IReadOnlyList<string> accountIds, bool add, bool dryRun, CancellationToken stop)
    {
        AcsException? passed = null;
        foreach (var some in accountIds.Distinct(StringComparer.Ordinal).Chunk(AccountsInOneCall))
        {
            try
            {
                await access.CallAsync(EcsApi.ModifyImageSharePermission, regionId, new ModifyImageSharePermissionRequest
                {
                    RegionId = regionId,
                    ImageId = imageId,
                    AddAccount = add ? some : null,
                    RemoveAccount = add ? null : some,
                    DryRun = dryRun ? true : null,
                }, stop).ConfigureAwait(false);
            }
            catch (AcsException e) when (dryRun && DryRuns.HavePassed(e.Code))
            {
                // The accounts of the calls to come have to pass as well.
                passed = e;
            }
        }
        if (passed is not null) throw passed;
    }

    public Task PublishAsync(string imageId, string regionId, bool isPublic, bool dryRun, CancellationToken stop) =>
        access.CallAsync(EcsApi.ModifyImageSharePermission, regionId, new ModifyImageSharePermissionRequest
        {
            RegionId = regionId,
            ImageId = imageId,
            IsPublic = isPublic,
            DryRun = dryRun ? true : null,
        }, stop);

    public async Task<IReadOnlyList<EcsImageShare>> SharesAsync(string imageId, string regionId, CancellationToken stop)
    {
        const int pageSize = 100;
        var shares = new List<EcsImageShare>();
        for (var page = 1; ; page++)
        {
            var reply = await access.CallAsync(EcsApi.DescribeImageSharePermission, regionId,
                new DescribeImageSharePermissionRequest { RegionId = regionId, ImageId = imageId, PageNumber = page, PageSize = pageSize }, stop).ConfigureAwait(false);
            var accounts = reply.Accounts?.Account ?? [];
            shares.AddRange(accounts.Where(static a => a?.AliyunId is not null).Select(a => new EcsImageShare
            {
                ImageId = imageId,
                AccountId = a.AliyunId!,
                SharedTime = Wire.Time(a.SharedTime),
                RegionId = regionId,
                ContextAccountId = access.AccountId,
            }));
            if (accounts.Count == 0 || page * pageSize >= reply.TotalCount) return shares;
        }
    }

    public Task TagAsync(string imageId, string regionId, IReadOnlyList<KeyValuePair<string, string?>> tags, CancellationToken stop) =>
        access.CallAsync(EcsApi.TagResources, regionId, new TagResourcesRequest
        {
            RegionId = regionId,
            ResourceType = "image",
            ResourceId = [imageId],
            Tag = [.. tags.Select(static t => new NewTagRequest { Key = t.Key, Value = t.Value ?? "" })],
        }, stop);

    public Task UntagAsync(string imageId, string regionId, IReadOnlyList<string>? keys, CancellationToken stop) =>
        access.CallAsync(EcsApi.UntagResources, regionId, new UntagResourcesRequest
        {
            RegionId = regionId,
            ResourceType = "image",
            ResourceId = [imageId],
            TagKey = keys,
            All = keys is null ? true : null,
        }, stop);
}
