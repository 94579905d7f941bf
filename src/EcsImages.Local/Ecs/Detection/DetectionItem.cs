using System.Text.Json.Nodes;

namespace EcsImages.Local.Ecs.Detection;

/// <summary>One item of the image check.</summary>
/// <param name="Name">Without the prefix GUESTOS.</param>
/// <param name="Value">What was found.</param>
/// <param name="Words">The same in a sentence.</param>
/// <param name="RiskLevel">High or Medium; null where nothing is wrong.</param>
/// <param name="RiskCode">Such as NVMe.NotInstalled.</param>
internal sealed record DetectionItem(string Name, string Value, string Words, string? RiskLevel = null, string? RiskCode = null)
{
    public JsonObject Json()
    {
        var json = new JsonObject { [nameof(Name)] = $"GUESTOS.{Name}", [nameof(Value)] = Value };
        if (RiskLevel is null) return json;
        (json[nameof(RiskLevel)], json[nameof(RiskCode)]) = (RiskLevel, RiskCode);
        return json;
    }
}
