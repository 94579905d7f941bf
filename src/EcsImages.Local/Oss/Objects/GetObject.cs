using System.Globalization;
using EcsImages.Local.Oss.Bodies;

namespace EcsImages.Local.Oss.Objects;

/// <summary>GetObject, HeadObject and GetObjectMeta.</summary>
internal static class GetObject
{
    private const string Override = "response-";

    public static Task<OssReply> GetAsync(OssCall call, CancellationToken stop)
    {
        var overrides = Overrides(call);
        var ((found, range), reader) = BodyReader.Open(call.Store, session =>
        {
            var known = call.NeedReadable(session);
            // Of what is not modified nothing is read.
            var wanted = Conditions.Check(call.Request, known) ? ContentRange.Of(call.Request, known.Size) : default(ContentRange?);
            return ((known, wanted), new BodyRange(known.Body, wanted?.Start ?? 0, wanted?.Length ?? 0));
        });
        if (range is not { } bytes)
        {
            reader.Dispose();
            return Task.FromResult(NotModified(found));
        }
        var reply = Describe(new OssReply(bytes.IsPartial ? 206 : 200), found, overrides).WithBody(new BodyStream(reader), bytes.Length);
        if (bytes.IsPartial)
            reply.With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {bytes.Start}-{bytes.Start + bytes.Length - 1}/{found.Size}"));
        else if (found.Md5.Length > 0) reply.With("Content-MD5", found.Md5);
        return Task.FromResult(reply);
    }

    public static Task<OssReply> HeadAsync(OssCall call, CancellationToken stop)
    {
        var found = call.Read(call.NeedReadable);
        if (!Conditions.Check(call.Request, found)) return Task.FromResult(NotModified(found));
        var reply = Describe(OssReply.Empty(), found, new Dictionary<string, string>()).WithBody(null, found.Size);
        if (found.Md5.Length > 0) reply.With("Content-MD5", found.Md5);
        return Task.FromResult(reply);
    }

    /// <summary>The reply to HEAD; GET has the same headers.</summary>
    public static Task<OssReply> MetaAsync(OssCall call, CancellationToken stop)
    {
        if (call.Request.Method != "HEAD") return Task.FromResult(MetaWithBody(call));
        var found = call.Read(call.NeedReadable);
        return Task.FromResult(Meta(found).WithBody(null, found.Size));
    }

    // The service gives the object's size as the Content-Length of a reply that has no body, to a GET too. HTTP lets only the reply to
    // a HEAD do so; here the bytes come along, which a client that wants the headers leaves unread.
    private static OssReply MetaWithBody(OssCall call)
    {
        var (found, reader) = BodyReader.Open(call.Store, session =>
        {
            var known = call.NeedReadable(session);
            return (known, new BodyRange(known.Body, 0, known.Size));
        });
        return Meta(found).WithBody(new BodyStream(reader), found.Size);
    }

    private static OssReply Meta(StoredObject found) => Basics(OssReply.Empty(), found).With("x-oss-hash-crc64ecma", Number(found.Crc64));

    private static OssReply NotModified(StoredObject found) => Basics(OssReply.Empty(304), found);

    private static OssReply Basics(OssReply reply, StoredObject found) => reply
        .With("ETag", found.ETag)
        .With("Last-Modified", found.LastModified.ToString("r", CultureInfo.InvariantCulture));

    private static OssReply Describe(OssReply reply, StoredObject found, IReadOnlyDictionary<string, string> overrides)
    {
        Basics(reply, found)
            .With("Accept-Ranges", "bytes")
            .With("x-oss-object-type", found.Type)
            .With("x-oss-storage-class", found.Traits.StorageClass)
            .With("x-oss-hash-crc64ecma", Number(found.Crc64));
        if (found.Type == StoredObject.Appendable) reply.With("x-oss-next-append-position", found.Size);
        if (found.Traits.Tags.Count > 0) reply.With("x-oss-tagging-count", found.Traits.Tags.Count);
        foreach (var (name, value) in found.Traits.Headers) reply.With(name, overrides.GetValueOrDefault(name, value));
        foreach (var (name, value) in overrides)
            if (!found.Traits.Headers.ContainsKey(name)) reply.With(name, value);
        return reply;
    }

    private static Dictionary<string, string> Overrides(OssCall call)
    {
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (parameter, value) in call.Request.Parameters)
        {
            var header = parameter switch
            {
                Override + "content-type" => "Content-Type",
                Override + "content-language" => "Content-Language",
                Override + "content-disposition" => "Content-Disposition",
                Override + "content-encoding" => "Content-Encoding",
                Override + "cache-control" => "Cache-Control",
                Override + "expires" => "Expires",
                _ => null,
            };
            if (header is null || value.Length == 0) continue;
            if (call.Caller is null) throw OssError.Of("InvalidRequest.Override", ("ParameterName", parameter));
            // What breaks a line would begin a header of its own.
            if (value.Any(char.IsControl)) throw OssError.Argument(parameter, value);
            overrides[header] = value;
        }
        return overrides;
    }

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
