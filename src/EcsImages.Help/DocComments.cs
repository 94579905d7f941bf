using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EcsImages.Help;

/// <summary>The documentation comments that the compiler wrote beside assemblies.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <param name="files">The XML files of the assemblies.</param>
    public DocComments(IEnumerable<string> files)
    {
        foreach (var file in files)
            foreach (var member in XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member"))
                _members[(string)member.Attribute("name")!] = member;
    }

    /// <summary>The summary's paragraphs, then those of the remarks.</summary>
    public IReadOnlyList<string> Paragraphs(Type type) => [.. Paragraphs(Of($"T:{type.FullName}", "summary")), .. Paragraphs(Of($"T:{type.FullName}", "remarks"))];

    /// <summary>The summary of a property, where it is declared.</summary>
    public string Summary(Type type, string property) =>
        string.Join(' ', Paragraphs(Of($"P:{type.GetProperty(property)?.DeclaringType?.FullName}.{property}", "summary")));

    /// <summary>The examples: each a code element, followed by paragraphs about it.</summary>
    public IReadOnlyList<ExampleHelp> Examples(Type type) =>
        [.. (Of(type)?.Elements("example") ?? []).Select(static e => new ExampleHelp(Code(e.Element("code")), [.. e.Elements("para").Select(Text)]))];

    /// <summary>The first sentence: up to a full stop before a space.</summary>
    public static string FirstSentence(string paragraph) => SentenceEnd().Match(paragraph) is { Success: true } end ? paragraph[..(end.Index + 1)] : paragraph;

    private XElement? Of(Type type) => _members.GetValueOrDefault($"T:{type.FullName}");

    private XElement? Of(string member, string element) => _members.GetValueOrDefault(member)?.Element(element);

    private static string[] Paragraphs(XElement? text)
    {
        if (text is null) return [];
        return text.Elements("para").Any() ? [.. text.Elements("para").Select(Text)] : [Text(text)];
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference =>
                    (reference.FirstAttribute?.Value ?? "").Split('.', ':')[^1],
                XElement inner => Text(inner),
                _ => "",
            });
        }
        return Whitespace().Replace(text.ToString(), " ").Trim();
    }

    /// <summary>The lines without the indentation that all of them have.</summary>
    private static string Code(XElement? code)
    {
        var lines = (code?.Value ?? "").ReplaceLineEndings("\n").Trim('\n', ' ').Split('\n');
        // The first line lost its indentation with the tag.
        var margin = lines.Skip(1).Where(static l => l.Length > 0).Select(static l => l.Length - l.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select((line, number) => (number == 0 ? line : line[Math.Min(margin, line.Length)..]).TrimEnd()));
    }

    [GeneratedRegex(@"\.(?=\s)")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
