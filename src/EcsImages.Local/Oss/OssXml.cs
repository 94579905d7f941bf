using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace EcsImages.Local.Oss;

/// <summary>XML out, and small bodies of XML in: without DTDs, bounded in bytes.</summary>
internal static class OssXml
{
    /// <summary>The largest body of XML, in bytes: 10,000 parts, or 1,000 keys, fit.</summary>
    public const int Most = 2 * 1024 * 1024;

    // Bodies of a few bytes an element would take many times their size; no list has more than 10,000 parts, of a dozen nodes each.
    private const int MostNodes = 200_000;
    private const int MostDepth = 16;
    private const int MostAttributes = 100;

    // A key may hold control characters, which go out as references.
    private static readonly XmlWriterSettings Writing = new()
    {
        Encoding = new UTF8Encoding(false),
        Indent = true,
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.Entitize,
    };

    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = Most,
        CheckCharacters = false,
    };

    public static byte[] Write(string root, Action<XmlWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Writing))
        {
            xml.WriteStartElement(root);
            content(xml);
            xml.WriteFullEndElement();
        }
        return bytes.ToArray();
    }

    public static void Element(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name);
        content();
        xml.WriteEndElement();
    }

    public static void Owner(this XmlWriter xml, string account) => xml.Element("Owner", () =>
    {
        xml.WriteElementString("ID", account);
        xml.WriteElementString("DisplayName", account);
    });

    /// <summary>The root of a body.</summary>
    /// <exception cref="OssError">Not XML with that root.</exception>
    public static XElement Read(byte[] body, string root)
    {
        using var bytes = new MemoryStream(body, writable: false);
        try
        {
            if (IsTooRich(body)) throw OssError.Of("MalformedXML", ("ErrorDetail", "it has too many elements, attributes or levels."));
            using var reader = XmlReader.Create(bytes, Reading);
            var element = XElement.Load(reader);
            if (element.Name.LocalName == root) return element;
        }
        catch (XmlException)
        {
            throw OssError.Of("MalformedXML");
        }
        throw OssError.Of("MalformedXML", ("ErrorDetail", $"the root node is not named {root}."));
    }

    private static bool IsTooRich(byte[] body)
    {
        using var bytes = new MemoryStream(body, writable: false);
        using var reader = XmlReader.Create(bytes, Reading);
        var count = 0;
        while (reader.Read())
            if (++count > MostNodes || reader.Depth > MostDepth || reader.AttributeCount > MostAttributes) return true;
        return false;
    }

    /// <summary>The children of that name, whatever namespace a client puts them in.</summary>
    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);

    /// <summary>The text of a child; null where there is none.</summary>
    public static string? Text(this XElement element, string name) => element.Children(name).FirstOrDefault()?.Value;
}
