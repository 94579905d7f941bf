using System.Globalization;

namespace EcsImages.Core.Oss;

/// <summary>A request to OSS, before it is signed.</summary>
/// <param name="Name">The operation's, such as UploadPart.</param>
/// <param name="Method">The verb of HTTP.</param>
/// <param name="RegionId">The region of the bucket.</param>
/// <param name="Bucket">3 to 63 lower-case letters, digits or '-'.</param>
/// <param name="Key">The object's; null for the bucket itself.</param>
internal sealed record OssRequest(string Name, HttpMethod Method, string RegionId, string Bucket, string? Key = null)
{
    /// <summary>Names with their values; without one the name stands alone.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Makes the body, anew for each attempt; it tells the watch of each step.</summary>
    public Func<IdleWatch, HttpContent>? Body { get; init; }

    /// <summary>Whether it may be sent again when it is not known whether it was carried out.</summary>
    public Acs.Repeat Repeat { get; init; } = Acs.Repeat.SameEffect;

    /// <summary>For messages and logs.</summary>
    public string Target => Key is null ? Bucket : $"{Bucket}/{Key}";
}

/// <summary>An answer whose body is no object.</summary>
/// <param name="Headers">By name, in any case.</param>
/// <param name="Body">At most 4 MiB.</param>
internal sealed record OssReply(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The MD5 of an object that was put whole, or of a part, in hex; without quotes.</summary>
    public string ETag => Headers.TryGetValue("ETag", out var tag) ? tag.Trim('"') : "";

    /// <summary>The CRC-64 of the whole object or part; null where the server does not tell.</summary>
    public ulong? Crc64 => Headers.TryGetValue("x-oss-hash-crc64ecma", out var text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var crc) ? crc : null;

    /// <summary>Of the object, in bytes; -1 where the server does not tell.</summary>
    public long Length => Headers.TryGetValue("Content-Length", out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : -1;
}
