using System.Text.Json;

namespace EcsImages.Local.Oss;

/// <summary>Tags as bodies of requests and replies have them, and as rows do.</summary>
internal static class TagSet
{
    public static OssReply Reply(IReadOnlyDictionary<string, string> tags) => OssReply.Xml(OssXml.Write("Tagging", xml => xml.Element("TagSet", () =>
    {
        foreach (var (key, value) in tags)
            xml.Element("Tag", () =>
            {
                xml.WriteElementString("Key", key);
                xml.WriteElementString("Value", value);
            });
    })));

    /// <summary>The pairs that a body names; nothing is checked but its form.</summary>
    /// <exception cref="OssError">It is not of that form.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Read(byte[] body)
    {
        var set = OssXml.Read(body, "Tagging").Children("TagSet").FirstOrDefault() ?? throw OssError.Of("MalformedXML");
        return set.Children("Tag").Select(static t => new KeyValuePair<string, string>(t.Text("Key") ?? "", t.Text("Value") ?? ""));
    }

    public static string ToRow(IReadOnlyDictionary<string, string> tags) => JsonSerializer.Serialize(tags);

    public static IReadOnlyDictionary<string, string> OfRow(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text)!;
}
