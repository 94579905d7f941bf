using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace EcsImages.Local.Dispatch;

/// <summary>A reply as XML, for clients that ask with Format=XML: a list is its element, repeated.</summary>
internal static class XmlText
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = false };

    /// <param name="root">The action and "Response"; or Error.</param>
    /// <param name="body">The reply.</param>
    public static byte[] Write(string root, JsonObject body)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement(XmlConvert.EncodeLocalName(root));
            foreach (var (name, value) in body) Write(xml, name, value);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void Write(XmlWriter xml, string name, JsonNode? value)
    {
        if (value is JsonArray list)
        {
            foreach (var item in list) Write(xml, name, item);
            return;
        }
        xml.WriteStartElement(XmlConvert.EncodeLocalName(name));
        if (value is JsonObject members)
            foreach (var (inner, member) in members) Write(xml, inner, member);
        else if (value is not null)
            xml.WriteString(Clean(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()));
        xml.WriteEndElement();
    }

    // XML has no way to write most control characters.
    private static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar)) return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) clean.Append(text[i]).Append(text[++i]);
            else clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }
        return clean.ToString();
    }
}
