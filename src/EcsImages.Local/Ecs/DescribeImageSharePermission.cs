using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeImageSharePermission : IOperation
{
    public string Name => "DescribeImageSharePermission";

    public Reply Run(Call call, Session store)
    {
        var paging = Paging.Of(call);
        var image = Images.NeedOwn(call, store, call.Needed("ImageId"));
        // 50 at the most: nothing is gained by reading a page alone.
        var shares = ImageShares.Of(store, image.Id);
        return new(new()
        {
            ["RegionId"] = call.RegionId,
            ["ImageId"] = image.Id,
            ["TotalCount"] = shares.Count,
            ["PageNumber"] = paging.Number,
            ["PageSize"] = paging.Size,
            ["Accounts"] = Reply.Wrap("Account", shares.Skip(paging.Offset).Take(paging.Size).Select(static s => new JsonObject
            {
                ["AliyunId"] = s.Account,
                ["SharedTime"] = Times.Second(s.CreatedAt),
            })),
            ["ShareGroups"] = Reply.Wrap("ShareGroup", image.IsPublic ? [new JsonObject { ["Group"] = "all" }] : []),
        });
    }
}
