using System.Xml.Linq;

namespace EcsImages.Help;

/// <summary>Help as Get-Help reads it: one MAML file for all cmdlets of an assembly.</summary>
internal static class MamlDocument
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument Of(IEnumerable<CmdletHelp> cmdlets) => new(new XDeclaration("1.0", "utf-8", null),
        new XElement(Help + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(Item)));

    private static XElement Item(CmdletHelp cmdlet) => new(Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Description([cmdlet.Synopsis])),
        Description(cmdlet.Description),
        new XElement(Command + "syntax", cmdlet.Syntaxes.Select(syntax => new XElement(Command + "syntaxItem",
            new XElement(Maml + "name", cmdlet.Name), syntax.Parameters.Select(static p => Parameter(p, inSyntax: true))))),
        new XElement(Command + "parameters", cmdlet.Parameters.Select(static p => Parameter(p, inSyntax: false))),
        new XElement(Command + "inputTypes", cmdlet.Inputs.Select(static i => new XElement(Command + "inputType", Type(i.Name), Description([i.Description])))),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(static o => new XElement(Command + "returnValue", Type(o.Name), Description([o.Description])))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", cmdlet.Notes.Select(Paragraph))),
        new XElement(Command + "examples", cmdlet.Examples.Select(static (example, at) => new XElement(Command + "example",
            new XElement(Maml + "title", $"Example {at + 1}"),
            new XElement(Dev + "code", example.Code),
            new XElement(Dev + "remarks", example.Remarks.Select(Paragraph))))),
        new XElement(Command + "relatedLinks"));

    private static XElement Parameter(ParameterHelp parameter, bool inSyntax)
    {
        var element = new XElement(Command + "parameter",
            new XAttribute("required", parameter.Required),
            new XAttribute("variableLength", parameter.Type.IsArray),
            new XAttribute("globbing", parameter.Wildcards),
            new XAttribute("pipelineInput", parameter.PipelineInput),
            new XAttribute("position", parameter.PositionText.ToLowerInvariant()),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description([parameter.Description]));
        if (inSyntax && parameter.Values.Count > 0)
            element.Add(new XElement(Command + "parameterValueGroup", parameter.Values.Select(static v => Value(v, required: false, several: false))));
        // A switch takes no value: one in the syntax would be shown as needed.
        if (!parameter.IsSwitch || !inSyntax) element.Add(Value(parameter.TypeName, required: !parameter.IsSwitch, parameter.Type.IsArray));
        element.Add(Type(parameter.TypeName), new XElement(Dev + "defaultValue", parameter.DefaultText));
        return element;
    }

    private static XElement Value(string text, bool required, bool several) => new(Command + "parameterValue",
        new XAttribute("required", required), new XAttribute("variableLength", several), text);

    private static XElement Type(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));

    private static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", paragraphs.Select(Paragraph));

    private static XElement Paragraph(string text) => new(Maml + "para", text);
}
