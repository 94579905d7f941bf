using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using EcsImages.Core.Acs;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oos.Templates;

/// <summary>A public template: its text, and what the endpoint reads out of it.</summary>
internal sealed class Template
{
    /// <summary>The one version that each has here.</summary>
    public const string Version = "v1";

    private static readonly string[] Names = ["ACS-ECS-UpdateImage"];
    private static readonly Lazy<FrozenDictionary<string, Template>> All = new(static () => Names.Select(static n => new Template(n)).ToFrozenDictionary(static t => t.Name, StringComparer.Ordinal));

    private Template(string name)
    {
        using var reader = new StreamReader(typeof(Template).Assembly.GetManifestResourceStream($"oos/{name}.json")!);
        (Name, Content) = (name, reader.ReadToEnd());
        var json = JsonNode.Parse(Content)!.AsObject();
        Description = json[nameof(Description)]!.GetValue<string>();
        Parameters = [.. json[nameof(Parameters)]!.AsObject().Select(static p => TemplateParameter.Read(p.Key, p.Value!.AsObject()))];
        Tasks = [.. json[nameof(Tasks)]!.AsArray().Select(static t => TemplateTask.Read(t!.AsObject()))];
        Outputs = [.. json[nameof(Outputs)]!.AsObject().Select(static o => KeyValuePair.Create(o.Key, o.Value!["Value"]!))];
        RamRole = json[nameof(RamRole)]!;
        Hash = Acs3Signature.HashOf(Encoding.UTF8.GetBytes(Content));
    }

    public string Name { get; }

    /// <summary>The template as text, in JSON.</summary>
    public string Content { get; }

    public string Description { get; }

    public string Hash { get; }

    public string Id => $"t-{Hash[..20]}";

    public IReadOnlyList<TemplateParameter> Parameters { get; }

    /// <summary>In the order in which they are carried out.</summary>
    public IReadOnlyList<TemplateTask> Tasks { get; }

    /// <summary>By name, each still with references in it.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode>> Outputs { get; }

    public JsonNode RamRole { get; }

    /// <exception cref="EndpointError">EntityNotExists.Template</exception>
    public static Template Need(string name, string? version)
    {
        if (!All.Value.TryGetValue(name, out var template)) throw Error.Of("EntityNotExists.Template", name, $"the embedded endpoint has {string.Join(", ", Names)} only");
        return version is null or Version ? template : throw Error.Of("EntityNotExists.Template", $"{name} {version}", $"the embedded endpoint has its version {Version} only");
    }

    public TemplateTask Task(string name) => Tasks.First(t => t.Name == name);

    /// <summary>The name of the task after that one; empty after the last.</summary>
    public string After(string name) => Tasks.SkipWhile(t => t.Name != name).Skip(1).FirstOrDefault()?.Name ?? "";

    /// <summary>Where to go on when the work is broken off within a task: to what cleans up after it succeeded; empty where nothing does.</summary>
    /// <remarks>The task after it would clean up what it has made; its own error route only what was there before.</remarks>
    public string CleaningAfter(string name)
    {
        var from = Tasks.SkipWhile(t => t.Name != name).ToArray();
        return (from.Skip(1).FirstOrDefault(static t => t.OnError.Length > 0) ?? from[0]).OnError;
    }
}

/// <summary>One task of a template; where its condition does not hold, it is skipped.</summary>
/// <param name="Name">Unique in the template.</param>
/// <param name="Action">Such as ACS::ECS::RunInstances.</param>
/// <param name="Properties">With references in them.</param>
/// <param name="OnError">The task to go on with if it fails; empty where the execution ends.</param>
/// <param name="When">Its condition; null where it has none.</param>
internal sealed record TemplateTask(string Name, string Action, JsonObject Properties, string OnError, JsonNode? When)
{
    public static TemplateTask Read(JsonObject json) => new(
        json[nameof(Name)]!.GetValue<string>(), json[nameof(Action)]!.GetValue<string>(), json[nameof(Properties)]!.AsObject(),
        json[nameof(OnError)]?.GetValue<string>() ?? "", json[nameof(When)]);
}
