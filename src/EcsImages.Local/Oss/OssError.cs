using System.Globalization;

namespace EcsImages.Local.Oss;

/// <summary>A request that OSS refuses. Code, status, EC and message come from one table, oss-errors.tsv.</summary>
internal sealed class OssError : Exception
{
    private static readonly Lazy<Dictionary<string, Row>> Table = new(Load);

    private OssError(Row row, string message, IReadOnlyList<KeyValuePair<string, string>> details) : base(message) =>
        (Code, Status, Ec, Details) = (row.Code, row.Status, row.Ec, details);

    public string Code { get; }

    public int Status { get; }

    /// <summary>The fine code; empty where the service's is not known.</summary>
    public string Ec { get; }

    /// <summary>What the error says beyond its message, as elements.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; }

    /// <param name="id">The code, or the code and a word that tells its messages apart.</param>
    /// <param name="details">Elements of the error.</param>
    public static OssError Of(string id, params (string Name, string? Value)[] details)
    {
        if (!Table.Value.TryGetValue(id, out var row)) throw new InvalidOperationException($"The error {id} is not in oss-errors.tsv.");
        return new OssError(row, row.Message, [.. details.Select(static d => new KeyValuePair<string, string>(d.Name, d.Value ?? ""))]);
    }

    /// <summary>An error that a test asked for.</summary>
    public static OssError Asked(string code, int status) => new(new Row(code, status, "", ""), "The emulator was asked to fail.", []);

    /// <summary>An argument that is not what it may be.</summary>
    public static OssError Argument(string name, string? value, string id = "InvalidArgument") => Of(id, ("ArgumentName", name), ("ArgumentValue", value));

    public static IReadOnlyCollection<string> Known => Table.Value.Keys;

    private static Dictionary<string, Row> Load()
    {
        using var reader = new StreamReader(typeof(OssError).Assembly.GetManifestResourceStream("oss-errors.tsv")!);
        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#') && line.Split('\t') is [var id, var status, var ec, var message, _])
                rows.Add(id, new Row(id.Split('.')[0], int.Parse(status, CultureInfo.InvariantCulture), ec, message));
        return rows;
    }

    private sealed record Row(string Code, int Status, string Ec, string Message);
}
