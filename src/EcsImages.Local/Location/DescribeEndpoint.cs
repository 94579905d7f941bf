using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Location;

/// <summary>The older single form; where there is no such endpoint, nothing is told.</summary>
internal sealed class DescribeEndpoint : IOperation
{
    public string Name => "DescribeEndpoint";

    public Reply Run(Call call, Session store) => ServiceEndpoint.Find(call) is { } found ? new(found.Describe()) : Reply.Empty;
}
