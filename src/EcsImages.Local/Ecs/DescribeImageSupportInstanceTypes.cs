using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeImageSupportInstanceTypes : IOperation
{
    public string Name => "DescribeImageSupportInstanceTypes";

    public Reply Run(Call call, Session store)
    {
        if (call.Text("ActionType") is { } action && action is not ("CreateEcs" or "ChangeOS"))
            throw Error.Of("InvalidParamter", "ActionType", $"{action} is not one of CreateEcs, ChangeOS.");
        // Older clients name the image by a filter.
        var id = call.Text("ImageId") ?? call.Structs("Filter").FirstOrDefault(static f => f.Text("Key") == "imageId")?.Text("Value")
            ?? throw Error.Of("InvalidParamter", "ImageId", "it is missing.");
        var image = Images.NeedUsable(call, store, id);
        return new(new()
        {
            ["RegionId"] = call.RegionId,
            ["ImageId"] = id,
            ["InstanceTypes"] = Reply.Wrap("InstanceType", InstanceTypes.All.Where(t => Compatibility.Supports(image, t)).Select(static t => new JsonObject
            {
                ["InstanceTypeId"] = t.Id,
                ["InstanceTypeFamily"] = t.Family,
                ["CpuCoreCount"] = t.Cpus,
                ["MemorySize"] = t.MemoryGiB,
            })),
        });
    }
}
