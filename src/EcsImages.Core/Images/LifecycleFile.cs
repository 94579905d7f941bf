using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcsImages.Core.Images;

/// <summary>The table of lifecycles as it is embedded; the file names its sources.</summary>
internal sealed record LifecycleFile
{
    /// <summary>The day of the table.</summary>
    public required DateOnly AsOf { get; init; }

    public required IReadOnlyList<OSName> Names { get; init; }

    public required IReadOnlyList<EcsOSLifecycle> Rows { get; init; }

    public static LifecycleFile Read()
    {
        using var stream = typeof(LifecycleFile).Assembly.GetManifestResourceStream("images/os-lifecycle.json")
            ?? throw new InvalidOperationException("The table of OS lifecycles is not embedded in this build.");
        return JsonSerializer.Deserialize(stream, LifecycleJson.Default.LifecycleFile)!;
    }
}

/// <summary>How images write an operating system.</summary>
internal sealed record OSName
{
    public required string OS { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Words that make it another system.</summary>
    public IReadOnlyList<string> Not { get => field ?? []; init; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LifecycleFile))]
internal sealed partial class LifecycleJson : JsonSerializerContext;
