using System.Text.Json.Nodes;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>A parameter that the YAML of a component declares: its type, and what holds where nobody gives it.</summary>
/// <remarks>Only the plain block form is read, as the service's documentation writes it; YAML's other forms are left alone.</remarks>
internal sealed record ComponentParameter(string Name, string Type, string? Default)
{
    private const string Key = "Parameters";

    /// <summary>Those of the block Parameters at the top level; null where there is none, or one that cannot be read simply.</summary>
    public static IReadOnlyList<ComponentParameter>? ReadAll(string content) =>
        PlainYaml.Block(PlainYaml.Lines(content), Key) is not { Length: > 0 } block ? null : block[0].IsItem ? Listed(block) : Mapped(block);

    /// <summary>Whether there is such a block, in whatever form.</summary>
    public static bool IsDeclared(string content) => content.Split('\n').Any(static l => l.StartsWith(Key + ":", StringComparison.Ordinal));

    public JsonObject Json()
    {
        var json = new JsonObject { [nameof(Name)] = Name, [nameof(Type)] = Type };
        if (Default is not null) json["DefaultValue"] = Default;
        return json;
    }

    // name:, and further in its Type and DefaultValue.
    private static List<ComponentParameter>? Mapped(PlainLine[] block)
    {
        var outer = block[0].Indent;
        var read = new List<ComponentParameter>();
        foreach (var line in block)
        {
            if (PlainYaml.Pair(line.Text) is not var (key, value)) return null;
            if (line.Indent < outer || (line.Indent == outer && value.Length > 0)) return null;
            if (line.Indent == outer) read.Add(new(key, "String", null));
            else read[^1] = read[^1].With(key, value);
        }
        return read;
    }

    // - Name: name, and below it its Type and DefaultValue.
    private static List<ComponentParameter>? Listed(PlainLine[] block)
    {
        var read = new List<ComponentParameter>();
        foreach (var line in block)
        {
            var text = line.Text.TrimStart();
            if (text.StartsWith("- ", StringComparison.Ordinal)) (read, text) = ([.. read, new("", "String", null)], text[2..].TrimStart());
            if (PlainYaml.Pair(text) is not var (key, value)) return null;
            read[^1] = read[^1].With(key, value);
        }
        return read.TrueForAll(static p => p.Name.Length > 0) ? read : null;
    }

    private ComponentParameter With(string key, string value) => key switch
    {
        nameof(Name) => this with { Name = value },
        nameof(Type) => this with { Type = value },
        "DefaultValue" => this with { Default = value },
        _ => this,
    };
}
