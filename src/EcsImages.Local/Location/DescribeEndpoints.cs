using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Location;

internal sealed class DescribeEndpoints : IOperation
{
    public string Name => "DescribeEndpoints";

    public Reply Run(Call call, Session store) => new(new()
    {
        ["Success"] = true,
        ["Endpoints"] = Reply.Wrap("Endpoint", ServiceEndpoint.Find(call) is { } found ? [found.Describe()] : []),
    });
}
