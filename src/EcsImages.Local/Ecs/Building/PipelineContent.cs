using EcsImages.Core.Building;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Building.Components;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building;

/// <summary>A component that a command calls.</summary>
internal sealed record CalledComponent(BuildCommand Command, ImageComponent Component);

/// <summary>What a pipeline is to do inside a machine, held against the components that there are and the system of the machine.</summary>
internal sealed record PipelineContent(string Parameter, BuildContent Content, IReadOnlyList<CalledComponent> Components)
{
    // The others are commands of a shell.
    private static readonly string[] OfAnySystem = [BuildKeywords.Component, BuildKeywords.Restart, BuildKeywords.From];

    /// <summary>Null where there is no such content.</summary>
    /// <exception cref="EndpointError">It cannot be read, or names what there is not.</exception>
    public static PipelineContent? Read(Session store, string account, string region, Parameters pipeline, BuildContentUse use, string osType)
    {
        var parameter = use is BuildContentUse.Test ? "TestContent" : "BuildContent";
        if (pipeline.Text(parameter) is not { } text) return null;
        var content = BuildText.Read(parameter, text, use);
        if (osType == "windows" && content.Commands.FirstOrDefault(static c => !OfAnySystem.Contains(c.Keyword)) is { } command)
            throw Error.Of("InvalidImage.OsTypeUnsupported", $"{parameter}, line {command.Line}", command.Keyword);
        return new(parameter, content, [.. content.Commands.Where(static c => c.Component is not null).Select(c => Find(c))]);

        CalledComponent Find(BuildCommand command)
        {
            var called = command.Component!;
            var found = Named(store, account, region, called) ?? throw Error.Of("ImageComponent.NotFound", called, $"{parameter}, line {command.Line}");
            NeedFitting(found, use, osType, $"{parameter}, line {command.Line}");
            ComponentArguments.Check(found, called, use, $"{parameter}, line {command.Line}");
            return new(command, found);
        }
    }

    /// <summary>The highest version that the call means; null where there is none.</summary>
    public static ImageComponent? Named(Session store, string account, string region, ComponentCall call) =>
        call.Id is { } id ? ImageComponent.Find(store, account, region, id)
        : ImageComponent.Versions(store, account, region, call.Name!).FirstOrDefault(c => c.IsMeantBy(call));

    /// <summary>What it consists of, without the words of its commands, which may hold secrets.</summary>
    public string Summary()
    {
        var counts = Content.Commands.Where(static c => c.Component is null && c.Keyword != BuildKeywords.From).GroupBy(static c => c.Keyword).Select(static g => g.Count() == 1 ? g.Key : $"{g.Count()} {g.Key}");
        return string.Join(", ", [.. counts, .. Components.Select(static c => $"the component {c.Component.Name} {c.Component.Version} ({c.Component.Id})")]);
    }

    private static void NeedFitting(ImageComponent component, BuildContentUse use, string osType, string place)
    {
        var type = use is BuildContentUse.Test ? ImageComponent.Test : ImageComponent.Build;
        if (component.ComponentType != type) throw Error.Of("InvalidImageComponent.NotSupported", component.Id, $"{place}: it is for {component.ComponentType}, and {type} is wanted");
        if (!component.SystemType.Equals(osType, StringComparison.OrdinalIgnoreCase))
            throw Error.Of("InvalidImageComponent.NotSupported", component.Id, $"{place}: it is for {component.SystemType}, and the base image has {osType}");
    }
}
