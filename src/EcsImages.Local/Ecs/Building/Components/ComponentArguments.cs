using System.Globalization;
using EcsImages.Core.Building;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>What a call of a component passes, held against what the component declares.</summary>
internal static class ComponentArguments
{
    /// <exception cref="EndpointError">A parameter is unknown, missing, or of another type.</exception>
    public static void Check(ImageComponent component, ComponentCall call, BuildContentUse use, string place)
    {
        // Where the declaration cannot be read simply, nothing is known.
        if (ComponentParameter.ReadAll(component.Content) is not { } declared)
        {
            if (ComponentParameter.IsDeclared(component.Content)) return;
            declared = [];
        }
        foreach (var (name, value) in call.Parameters)
        {
            var parameter = declared.FirstOrDefault(d => d.Name == name) ?? throw Refuse($"it has no parameter {name}{Known(declared)}");
            if (!IsOf(parameter.Type, value)) throw Refuse($"its parameter {name} is a {parameter.Type}, which {value} is not");
        }
        if (declared.FirstOrDefault(d => d.Default is null && call.Parameters.All(p => p.Name != d.Name)) is { } missing)
            throw Refuse($"its parameter {missing.Name} has no default; write --{missing.Name} and a value");

        EndpointError Refuse(string why) => BuildText.Malformed(use, $"{place}: the component {component.Name} {component.Version} ({component.Id}) cannot be called so: {why}.");
    }

    private static string Known(IReadOnlyList<ComponentParameter> declared) =>
        declared.Count == 0 ? ", nor any other" : $"; it has {string.Join(", ", declared.Select(static d => d.Name))}";

    private static bool IsOf(string type, string value) => type switch
    {
        "Number" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "Boolean" => bool.TryParse(value, out _),
        _ => true,
    };
}
