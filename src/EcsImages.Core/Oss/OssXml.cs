using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace EcsImages.Core.Oss;

/// <summary>The XML of OSS. What comes from outside may declare no document type, and so no entities.</summary>
internal static class OssXml
{
    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 16 * 1024 * 1024 };

    /// <summary>The root of a document; null where it is none.</summary>
    public static XElement? Read(byte[] body)
    {
        if (body.Length == 0) return null;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), Safe);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The text of a child; null where there is none.</summary>
    public static string? Text(this XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    /// <summary>A document as it travels.</summary>
    public static byte[] Write(XElement root) => Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting));
}
