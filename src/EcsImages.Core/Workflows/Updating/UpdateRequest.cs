using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcsImages.Core.Workflows.Updating;

/// <summary>What is asked of an update. What is null is left to the template.</summary>
internal sealed record UpdateRequest
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string RegionId { get; init; }

    public required string SourceImageId { get; init; }

    public required string InstanceType { get; init; }

    /// <summary>The script; null where a package is installed.</summary>
    public UpdateCommand? Command { get; init; }

    /// <summary>How long the script may run, in seconds.</summary>
    public int? CommandTimeoutSeconds { get; init; }

    public string? PackageName { get; init; }

    public string? PackageVersion { get; init; }

    public JsonObject? PackageParameters { get; init; }

    public string? ImageName { get; init; }

    public IReadOnlyList<KeyValuePair<string, string?>> Tags { get; init; } = [];

    public required UpdateNetwork Network { get; init; }

    /// <summary>Mbit/s.</summary>
    public int? InternetMaxBandwidthOut { get; init; }

    /// <summary>The role of the instance.</summary>
    public string? RamRoleName { get; init; }

    /// <summary>The role that OOS takes on; null goes by the caller's rights.</summary>
    public string? OosRoleName { get; init; }

    public string? SystemDiskCategory { get; init; }

    public string? ClientToken { get; init; }

    /// <summary>The parameters of the template, as one text; the same each time, so that a repeated request is the same request.</summary>
    public string Parameters()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString(UpdateTemplate.SourceImageId, SourceImageId);
            json.WriteString(UpdateTemplate.InstanceType, InstanceType);
            Text(json, UpdateTemplate.TargetImageName, ImageName);
            json.WriteString(UpdateTemplate.UpdateType, Command is null ? UpdateTemplate.InstallPackage : UpdateTemplate.RunCommand);
            Text(json, "commandType", Command?.Type);
            Text(json, "commandContent", Command?.Content);
            if (CommandTimeoutSeconds is { } seconds) json.WriteNumber("timeout", seconds);
            Text(json, "packageName", PackageName);
            Text(json, "packageVersion", PackageVersion);
            if (PackageParameters is not null)
            {
                json.WritePropertyName("parameters");
                PackageParameters.WriteTo(json);
            }
            Network.Write(json);
            if (InternetMaxBandwidthOut is { } bandwidth) json.WriteNumber("internetMaxBandwidthOut", bandwidth);
            Text(json, "ramRoleName", RamRoleName);
            Text(json, "OOSAssumeRole", OosRoleName);
            Text(json, "systemDiskCategory", SystemDiskCategory);
            if (Tags.Count > 0) WriteTags(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What is to be done in the image, in words; a script may hold a secret, and is not repeated.</summary>
    public string What => Command is { } command
        ? $"{command.Type} with {Listed.Count(command.Content.Length, "character")}"
        : $"the package {PackageName}{(PackageVersion is null ? "" : $" {PackageVersion}")}";

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private void WriteTags(Utf8JsonWriter json)
    {
        json.WriteStartArray("tags");
        foreach (var (key, value) in Tags)
        {
            json.WriteStartObject();
            json.WriteString("Key", key);
            json.WriteString("Value", value ?? "");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
