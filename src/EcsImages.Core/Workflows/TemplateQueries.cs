using EcsImages.Core.Ecs;

namespace EcsImages.Core.Workflows;

/// <summary>A launch template, with the image that each of its versions names.</summary>
internal sealed record LaunchTemplateImages(string Id, string? Name, long? DefaultVersion, long? LatestVersion, IReadOnlyList<(long Number, string ImageId)> Versions);

/// <summary>Reads launch templates and image pipelines: what names an image.</summary>
internal sealed class TemplateQueries(EcsAccess access)
{
    private const int PageSize = 50;
    private const int TemplatesAtOnce = 8;

    /// <summary>All launch templates of a region with all their versions. There are few: 30 a region, 30 versions each.</summary>
    public async Task<IReadOnlyList<LaunchTemplateImages>> LaunchTemplatesAsync(string regionId, CancellationToken stop)
    {
        var templates = await PagesAsync(async page =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeLaunchTemplates, regionId,
                new DescribeLaunchTemplatesRequest { RegionId = regionId, PageNumber = page, PageSize = PageSize }, stop).ConfigureAwait(false);
            return (reply.LaunchTemplateSets?.LaunchTemplateSet ?? [], reply.TotalCount);
        }).ConfigureAwait(false);
        var read = new LaunchTemplateImages[templates.Count];
        await Parallel.ForAsync(0, read.Length, new ParallelOptions { MaxDegreeOfParallelism = TemplatesAtOnce, CancellationToken = stop },
            async (i, stopped) => read[i] = await VersionsAsync(templates[i], regionId, stopped).ConfigureAwait(false)).ConfigureAwait(false);
        return read;
    }

    /// <summary>All image pipelines of a region.</summary>
    public async Task<IReadOnlyList<ImagePipelineReply>> PipelinesAsync(string regionId, CancellationToken stop)
    {
        var all = new List<ImagePipelineReply>();
        await foreach (var page in EcsAccess.PagesAsync(async (token, stopped) =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeImagePipelines, regionId,
                new DescribeImagePipelinesRequest { RegionId = regionId, MaxResults = 500, NextToken = token }, stopped).ConfigureAwait(false);
            return (reply.ImagePipeline?.ImagePipelineSet ?? [], reply.NextToken);
        }, stop).ConfigureAwait(false)) all.AddRange(page.Where(static p => p is not null));
        return all;
    }

    /// <summary>The id of the image that a family resolves to now; null if there is none.</summary>
    public async Task<string?> NewestOfAsync(string family, string regionId, CancellationToken stop) =>
        (await access.CallAsync(EcsApi.DescribeImageFromFamily, regionId, new DescribeImageFromFamilyRequest { RegionId = regionId, ImageFamily = family }, stop)
            .ConfigureAwait(false)).Image?.ImageId;

    private async Task<LaunchTemplateImages> VersionsAsync(LaunchTemplateReply template, string regionId, CancellationToken stop)
    {
        var versions = await PagesAsync(async page =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeLaunchTemplateVersions, regionId, new DescribeLaunchTemplateVersionsRequest
            {
                RegionId = regionId,
                LaunchTemplateId = template.LaunchTemplateId,
                PageNumber = page,
                PageSize = PageSize,
            }, stop).ConfigureAwait(false);
            return (reply.LaunchTemplateVersionSets?.LaunchTemplateVersionSet ?? [], reply.TotalCount);
        }).ConfigureAwait(false);
        return new(template.LaunchTemplateId ?? "", template.LaunchTemplateName, template.DefaultVersionNumber, template.LatestVersionNumber,
            [.. versions.Where(static v => v is { VersionNumber: not null, LaunchTemplateData.ImageId.Length: > 0 })
                .Select(static v => (v.VersionNumber!.Value, v.LaunchTemplateData!.ImageId!)).OrderByDescending(static v => v.Item1)]);
    }

    private static async Task<IReadOnlyList<T>> PagesAsync<T>(Func<int, Task<(IReadOnlyList<T> Items, int? Total)>> read)
    {
        var all = new List<T>();
        for (var page = 1; ; page++)
        {
            var (items, total) = await read(page).ConfigureAwait(false);
            all.AddRange(items.Where(static i => i is not null));
            if (items.Count == 0 || page * PageSize >= (total ?? 0)) return all;
        }
    }
}
