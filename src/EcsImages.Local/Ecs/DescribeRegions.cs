using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeRegions : IOperation
{
    public static readonly string[] Languages = ["zh-CN", "zh-TW", "en-US", "ja", "fr", "de", "ko"];

    public string Name => "DescribeRegions";

    public Reply Run(Call call, Session store)
    {
        Choice.Of(call, "ResourceType", "InvalidResourceType.NotFound", "instance", "disk", "reservedinstance", "scu");
        Choice.Of(call, "InstanceChargeType", "Invalid.InstanceChargeType", "PrePaid", "PostPaid", "SpotWithPriceLimit", "SpotAsPriceGo");
        var chinese = IsChinese(call);
        return new(new()
        {
            ["Regions"] = Reply.Wrap("Region", Regions.All.Select(r => new JsonObject
            {
                ["RegionId"] = r.Id,
                ["LocalName"] = chinese ? r.NameZh : r.NameEn,
                ["RegionEndpoint"] = r.Endpoint,
                ["Status"] = r.Status == "closing" ? "soldOut" : "available",
            })),
        });
    }

    /// <summary>Names are kept in two languages; the rest gets English.</summary>
    public static bool IsChinese(Call call) =>
        (Choice.Of(call, "AcceptLanguage", "InvalidAcceptLanguage.NotFound", Languages) ?? "zh-CN") is "zh-CN" or "zh-TW";
}
