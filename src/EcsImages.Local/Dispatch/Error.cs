using System.Globalization;
using EcsImages.Core.Contract;

namespace EcsImages.Local.Dispatch;

/// <summary>The one catalog of errors (errors.tsv): code, default status, message, source.</summary>
internal static class Error
{
    private static readonly Lazy<Dictionary<string, (int Status, string Message)>> Catalog = new(Load);

    /// <summary>The error of that code; what is handed in fills the places of its message, or follows it where it has none.</summary>
    public static EndpointError Of(string code, params object?[] details)
    {
        if (!Catalog.Value.TryGetValue(code, out var entry))
            throw new InvalidOperationException($"The error {code} is not in errors.tsv.");
        var words = entry.Message.Contains("{0}", StringComparison.Ordinal)
            ? string.Format(CultureInfo.InvariantCulture, entry.Message, [.. details, "", "", ""])
            : details.Length == 0 ? entry.Message : $"{entry.Message} ({string.Join(", ", details)})";
        return new EndpointError(code, words);
    }

    public static EndpointError Invalid(string parameter, string why) => Of("InvalidParameter", parameter, why);

    public static EndpointError Missing(string parameter) => Of("MissingParameter", parameter);

    public static EndpointError ImageNotFound(string imageId, string region) => Of("InvalidImageId.NotFound", imageId, region);

    public static bool Knows(string code) => Catalog.Value.ContainsKey(code);

    /// <summary>The status of the operation's own error table; else the code's usual one.</summary>
    /// <remarks>Some tables list a code twice, as older and newer texts differ: then the usual status decides, where it is among them.</remarks>
    public static int StatusOf(string code, ApiOperation? operation)
    {
        var usual = Catalog.Value.TryGetValue(code, out var entry) ? entry.Status : 400;
        var listed = operation?.Errors.Where(e => e.Code == code).Select(static e => e.HttpStatus).ToArray() ?? [];
        return listed.Length == 0 || listed.Contains(usual) ? usual : listed[0];
    }

    private static Dictionary<string, (int, string)> Load()
    {
        using var reader = new StreamReader(typeof(Error).Assembly.GetManifestResourceStream("errors.tsv")!);
        var entries = new Dictionary<string, (int, string)>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#') && line.Split('\t') is [var code, var status, var message, _])
                entries.Add(code, (int.Parse(status, CultureInfo.InvariantCulture), message));
        return entries;
    }
}

/// <summary>A request that the endpoint refuses, with a code that the service knows.</summary>
internal sealed class EndpointError(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>The field AccessDeniedDetail of the reply, where RAM refused.</summary>
    public System.Text.Json.Nodes.JsonObject? AccessDenied { get; init; }
}
