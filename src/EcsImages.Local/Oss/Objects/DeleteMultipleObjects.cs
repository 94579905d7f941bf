using EcsImages.Core.Acs;

namespace EcsImages.Local.Oss.Objects;

/// <summary>DeleteMultipleObjects: up to 1,000 keys, all or none.</summary>
internal static class DeleteMultipleObjects
{
    private const int MostKeys = 1000;

    public static async Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(call.Header("content-md5"))) throw OssError.Argument("Content-MD5", "", "MissingArgument");
        var isUrl = ListPage.IsUrlEncoded(call);
        var text = await call.ReadSmallBodyAsync(stop).ConfigureAwait(false);
        var delete = OssXml.Read(text, "Delete");
        var keys = delete.Children("Object").Select(static o => o.Text("Key") ?? throw OssError.Of("MalformedXML")).ToArray();
        if (keys.Length is 0 or > MostKeys) throw OssError.Of("MalformedXML", ("ErrorDetail", $"1 to {MostKeys} objects can be deleted at once."));
        if (delete.Children("Object").Any(static o => o.Text("VersionId") is not (null or "" or "null"))) throw OssError.Of("NoSuchVersion");
        var stored = keys.Select(OssNames.CheckKey).ToArray();
        call.Rights.CheckDelete(call, stored);
        call.Write(session =>
        {
            var bucket = call.NeedWritable(session);
            var frees = false;
            foreach (var key in stored) frees |= StoredObject.Remove(session, bucket.Name, key);
            return (true, frees);
        });
        if (delete.Text("Quiet")?.Trim() is "true") return OssReply.Empty();
        return OssReply.Xml(OssXml.Write("DeleteResult", xml =>
        {
            if (isUrl) xml.WriteElementString("EncodingType", "url");
            foreach (var key in keys) xml.Element("Deleted", () => xml.WriteElementString("Key", isUrl ? StrictEncoding.Encode(key) : key));
        }));
    }
}
