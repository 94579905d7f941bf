using System.Text.Json;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oss.Objects;

/// <summary>What a client says of an object beyond its bytes: class, ACL, headers that go back as they came, tags.</summary>
/// <remarks>Content-Type and its like are spelt as in HTTP, x-oss-meta-* in lower case.</remarks>
internal sealed record ObjectTraits(
    string StorageClass, string Acl, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Tags)
{
    private const int MostMetadata = 8 * 1024;
    private const string MetaPrefix = "x-oss-meta-";
    private static readonly string[] Kept = ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];

    public string HeaderText => JsonSerializer.Serialize(Headers);

    public string TagText => TagSet.ToRow(Tags);

    public static ObjectTraits Of(string storageClass, string acl, string headers, string tags) => new(storageClass, acl,
        JsonSerializer.Deserialize<Dictionary<string, string>>(headers)!, TagSet.OfRow(tags));

    /// <summary>What the headers of a request say of the object that it makes.</summary>
    /// <exception cref="OssError">Too much of it, or a value that there is not.</exception>
    public static ObjectTraits Of(OssRequest request, string bucketClass)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Kept)
            if (request.Header(name) is { Length: > 0 } value) headers[name] = value.Trim();
        headers.TryAdd("Content-Type", "application/octet-stream");
        var size = 0;
        var names = request.Headers.Select(static h => h.Key.ToLowerInvariant()).Where(static n => n.StartsWith(MetaPrefix, StringComparison.Ordinal));
        foreach (var name in names.Distinct())
        {
            headers[name] = request.Header(name)!.Trim();
            size += name.Length + System.Text.Encoding.UTF8.GetByteCount(headers[name]);
        }
        if (size > MostMetadata) throw OssError.Of("MetadataTooLarge");
        var tags = request.Header("x-oss-tagging") is { Length: > 0 } text ? RequestParameters.Decode(text) : [];
        return new ObjectTraits(Class(request) ?? bucketClass, AclOf(request, "x-oss-object-acl") ?? "default", headers, CheckTags(tags));
    }

    /// <summary>The storage class that the request names; null where it names none.</summary>
    public static string? Class(OssRequest request) => request.Header("x-oss-storage-class") switch
    {
        null or "" => null,
        "Standard" or "IA" => request.Header("x-oss-storage-class"),
        // Objects of these are read only after they were restored.
        "Archive" or "ColdArchive" or "DeepColdArchive" => throw OssError.Of("NotImplemented", ("Header", "x-oss-storage-class")),
        var other => throw OssError.Argument("x-oss-storage-class", other),
    };

    /// <summary>The ACL of an object that the request names; null where it names none.</summary>
    public static string? AclOf(OssRequest request, string header) => request.Header(header) switch
    {
        null or "" => null,
        "default" or "private" or "public-read" or "public-read-write" => request.Header(header),
        var other => throw OssError.Argument(header, other),
    };

    public static IReadOnlyDictionary<string, string> CheckTags(IEnumerable<KeyValuePair<string, string>> given)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in given)
            if (key.Length is 0 or > 128 || value.Length > 256 || !tags.TryAdd(key, value) || tags.Count > 10) throw OssError.Of("InvalidTag");
        return tags;
    }
}
