namespace EcsImages.Local.Oss;

/// <summary>An error as it goes back: XML, or, where a reply has no body, in headers.</summary>
internal static class OssRefusal
{
    public static OssReply Of(OssRequest request, string requestId, OssError error)
    {
        var text = OssXml.Write("Error", xml =>
        {
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            xml.WriteElementString("RequestId", requestId);
            xml.WriteElementString("HostId", request.Host.Split(':')[0]);
            foreach (var (name, value) in error.Details) xml.WriteElementString(name, value);
            if (error.Ec.Length == 0) return;
            xml.WriteElementString("EC", error.Ec);
            xml.WriteElementString("RecommendDoc", "https://api.aliyun.com/troubleshoot?q=" + error.Ec);
        });
        var isHead = request.Method == "HEAD";
        var reply = isHead || error.Status == 304 ? OssReply.Empty(error.Status) : OssReply.Xml(text, error.Status);
        if (isHead && error.Status != 304) reply.With("x-oss-err", Convert.ToBase64String(text));
        if (error.Ec.Length > 0) reply.With("x-oss-ec", error.Ec);
        return reply;
    }
}
