using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Quotas;

/// <summary>Lists the one product whose quotas the endpoint keeps.</summary>
internal sealed class ListProducts : IOperation
{
    public string Name => "ListProducts";

    public IReadOnlyList<string> JudgedHere { get; } = ["MaxResults"];

    public Reply Run(Call call, Session store) => new(QuotaPage.Of(call).Body("ProductInfo",
    [
        new JsonObject
        {
            ["ProductCode"] = Quota.ProductCode,
            ["ProductName"] = "Elastic Compute Service (ECS)",
            ["ProductNameEn"] = "Elastic Compute Service",
            ["SecondCategoryId"] = 5L,
            ["SecondCategoryName"] = "Elastic Compute",
            ["SecondCategoryNameEn"] = "Elastic Compute",
            ["Dynamic"] = true,
            ["CommonQuotaSupport"] = "support",
            ["FlowControlSupport"] = "unsupport",
            ["WhiteListLabelQuotaSupport"] = "unsupport",
        },
    ]));
}
