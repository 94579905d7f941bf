using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeImages : IOperation
{
    public string Name => "DescribeImages";

    public IReadOnlyList<string> JudgedHere { get; } = ["Tag.N"];

    public Reply Run(Call call, Session store)
    {
        var paging = Paging.Of(call);
        var (total, page) = new ImageSearch(call, store, ImageQuery.Read(call)).Find(paging);
        return new(new()
        {
            ["RegionId"] = call.RegionId,
            ["TotalCount"] = total,
            ["PageNumber"] = paging.Number,
            ["PageSize"] = paging.Size,
            ["Images"] = Reply.Wrap("Image", page.Select(i => ImageJson.Of(call, store, i))),
        });
    }
}
