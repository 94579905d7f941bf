using System.Text.Json.Nodes;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Launches instances. Nothing boots: each is Pending, Starting and Running by the clock, and its disks are real.</summary>
internal sealed class RunInstances : IPreparedOperation
{
    public string Name => "RunInstances";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["Amount", "MinAmount", .. Launch.Judged];

    public IReadOnlyList<string> RefusedHere { get; } = [.. Launch.Refused, .. LaunchInterface.Refused];

    public IReadOnlyList<SyntheticDisk> Needs(Call call, Session store) => Launch.Needs(LaunchTemplateChoice.Apply(call, store), store);

    public Reply Run(Call call, Session store)
    {
        call = LaunchTemplateChoice.Apply(call, store);
        var ids = Launch.Run(call, store, Amount(call), InstanceRow.Running);
        return new(new JsonObject { ["InstanceIdSets"] = Reply.Wrap("InstanceIdSet", ids.Select(static id => (JsonNode)id)) });
    }

    private static int Amount(Call call)
    {
        var amount = call.Int("Amount") ?? 1;
        if (amount is < 1 or > 100) throw Error.Of("InvalidMaxAmount.Malformed", amount);
        if (call.Int("MinAmount") is { } least && (least < 1 || least > amount)) throw Error.Of("InvalidMinAmount.Malformed", least);
        return amount;
    }
}
