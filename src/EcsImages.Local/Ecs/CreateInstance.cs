using System.Text.Json.Nodes;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>One instance that is Pending, then Stopped; it has no public address before AllocatePublicIpAddress gives it one.</summary>
internal sealed class CreateInstance : IPreparedOperation
{
    public string Name => "CreateInstance";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["ImageId", "InternetMaxBandwidthOut", .. Launch.Judged];

    public IReadOnlyList<string> RefusedHere { get; } = Launch.Refused;

    public IReadOnlyList<SyntheticDisk> Needs(Call call, Session store) => Launch.Needs(call, store);

    public Reply Run(Call call, Session store)
    {
        Choice.Of(call, "IoOptimized", "InvalidIoOptimizedValue.ValueNotSupported", "none", "optimized");
        if (call.Int("InternetMaxBandwidthOut") is < 0 or > 100)
            throw Error.Of("InvalidInternetMaxBandwidthOut.Malformed", call.Text("InternetMaxBandwidthOut"));
        return new(new JsonObject { ["InstanceId"] = Launch.Run(call, store, amount: 1, InstanceRow.Stopped)[0] });
    }
}
