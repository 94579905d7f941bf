namespace EcsImages.Local.Oss;

/// <summary>A request to OSS as it came in, whatever brought it; its body is read as it comes.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Host">As sent, with the port.</param>
/// <param name="Path">As sent: still encoded, and with whatever the host left out.</param>
/// <param name="RawQuery">Without the question mark, still encoded.</param>
/// <param name="Headers">In the order sent; names in any case.</param>
/// <param name="Body">Empty where there is none.</param>
/// <param name="ContentLength">Null where it was not announced.</param>
internal sealed record OssRequest(
    string Method, string Host, string Path, string RawQuery, IReadOnlyList<KeyValuePair<string, string>> Headers, Stream Body, long? ContentLength)
{
    /// <summary>Names and values of the query as sent; a name alone has an empty value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RawParameters { get; } =
    [
        .. RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static p =>
            p.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? new KeyValuePair<string, string>(p[..at], p[(at + 1)..]) : new(p, "")),
    ];

    /// <summary>The same, decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => field ??=
    [
        .. RawParameters.Select(static p => new KeyValuePair<string, string>(PercentText.DecodeQuery(p.Key), PercentText.DecodeQuery(p.Value))),
    ];

    /// <summary>The last value of that name, decoded; null where there is none.</summary>
    public string? Parameter(string name) => Parameters.LastOrDefault(p => p.Key == name).Value;

    /// <summary>The values of that header joined by commas; null where there is none.</summary>
    public string? Header(string name)
    {
        string? joined = null;
        foreach (var (key, value) in Headers)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) joined = joined is null ? value : joined + "," + value;
        return joined;
    }
}
