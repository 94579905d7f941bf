using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeInstanceTypeFamilies : IOperation
{
    public string Name => "DescribeInstanceTypeFamilies";

    public Reply Run(Call call, Session store)
    {
        var generation = call.Text("Generation");
        return new(new()
        {
            ["InstanceTypeFamilies"] = Reply.Wrap("InstanceTypeFamily", InstanceTypes.All
                .Select(static t => t.Family).Distinct().Order(StringComparer.Ordinal)
                .Where(f => generation is null || GenerationOf(f) == generation)
                .Select(static f => new JsonObject { ["InstanceTypeFamilyId"] = f, ["Generation"] = GenerationOf(f) })),
        });
    }

    // The first digit of the family's name; the API's list ends at ecs-6, the names do not.
    /// <summary>Such as ecs-7 of ecs.g7.</summary>
    public static string GenerationOf(string family) => "ecs-" + (family.FirstOrDefault(char.IsAsciiDigit) is var digit and not '\0' ? digit : '1');
}
