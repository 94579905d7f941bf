using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>One instance with the fields that DescribeInstances has too, but for those that this reply lacks.</summary>
internal sealed class DescribeInstanceAttribute : IOperation
{
    public string Name => "DescribeInstanceAttribute";

    public Reply Run(Call call, Session store)
    {
        var instance = Instances.NeedOwn(call, store);
        var all = InstanceJson.Of(store, instance);
        var body = new JsonObject();
        foreach (var field in call.Operation.Response)
            if (all[field.Name] is { } value) body[field.Name] = value.DeepClone();
        // Shorter than in the listing.
        foreach (var (name, value) in body)
            if (value is JsonObject part && call.Operation.Response.Single(f => f.Name == name) is { Type: "struct" } shape)
                foreach (var member in part.Select(static m => m.Key).Where(m => shape.Fields.All(f => f.Name != m)).ToArray()) part.Remove(member);
        // A text here, where the listing has a flag.
        body["IoOptimized"] = "optimized";
        body["SerialNumber"] = instance.Id[2..];
        return new(body);
    }
}
