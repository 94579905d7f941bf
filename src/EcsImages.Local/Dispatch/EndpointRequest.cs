namespace EcsImages.Local.Dispatch;

/// <summary>A request as it came in, whatever brought it.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Host">As signed: with the port, unless it is the scheme's own.</param>
/// <param name="Path">As sent.</param>
/// <param name="RawQuery">Without the question mark, still encoded.</param>
/// <param name="Headers">In the order sent; names in any case.</param>
/// <param name="Body">Its exact bytes.</param>
internal sealed record EndpointRequest(
    string Method, string Host, string Path, string RawQuery, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Where it came from; what is handed over within the process comes from this machine.</summary>
    public string SourceIp { get; init; } = "127.0.0.1";

    /// <summary>The values of that header joined by commas; null where there is none.</summary>
    public string? Header(string name)
    {
        string? joined = null;
        foreach (var (key, value) in Headers)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) joined = joined is null ? value : joined + "," + value;
        return joined;
    }
}

/// <summary>What goes back.</summary>
internal sealed record EndpointReply(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
