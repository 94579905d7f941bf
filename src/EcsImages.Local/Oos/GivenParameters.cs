using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oos.Templates;

namespace EcsImages.Local.Oos;

/// <summary>The parameters of a template as a call gives them: one JSON object in a text, held to the template, with its defaults filled in.</summary>
internal static class GivenParameters
{
    public static JsonObject Read(Call call, Template template, string executionId)
    {
        var given = JsonInText.Object(call, "Parameters");
        if (given.FirstOrDefault(p => template.Parameters.All(t => t.Name != p.Key)).Key is { } unknown)
            throw Error.Invalid($"Parameters.{unknown}", $"{template.Name} has no such parameter; it has {string.Join(", ", template.Parameters.Select(static p => p.Name))}.");
        var values = new JsonObject();
        foreach (var parameter in template.Parameters)
        {
            if (given.TryGetPropertyValue(parameter.Name, out var value)) values[parameter.Name] = parameter.Check(value);
            else if (parameter.Default is null) throw Error.Missing($"Parameters.{parameter.Name}");
        }
        var references = new References(name => name switch
        {
            "ACS::RegionId" => call.RegionId,
            "ACS::ExecutionId" => executionId,
            _ => values[name],
        });
        foreach (var parameter in template.Parameters)
            if (!values.ContainsKey(parameter.Name)) values[parameter.Name] = parameter.Check(references.Fill(parameter.Default));
        return values;
    }
}
