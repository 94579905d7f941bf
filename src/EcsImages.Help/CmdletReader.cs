using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace EcsImages.Help;

/// <summary>Reads the cmdlets of a compiled module as PowerShell sees them, and what their documentation comments say.</summary>
internal sealed class CmdletReader(DocComments comments)
{
    private const string WhatIf = "Shows what would be done, and does nothing.";
    private const string AnyOperation = "*";
    private const string Confirm = "Asks before anything is done; -Confirm:$false does not ask, where the cmdlet would by itself.";

    /// <summary>The cmdlets, by name.</summary>
    public static IReadOnlyList<CmdletHelp> Read(string module)
    {
        var folder = Path.GetDirectoryName(module)!;
        var reader = new CmdletReader(new DocComments(Directory.EnumerateFiles(folder, "EcsImages.*.xml")));
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", module).AddParameter("PassThru").AddParameter("ErrorAction", "Stop");
        var imported = (PSModuleInfo)shell.Invoke().Single().BaseObject;
        return [.. imported.ExportedCmdlets.Values.OrderBy(static c => c.Name, StringComparer.Ordinal).Select(reader.Read)];
    }

    private CmdletHelp Read(CmdletInfo cmdlet)
    {
        var type = cmdlet.ImplementingType;
        var description = comments.Paragraphs(type);
        if (description.Count == 0) throw new InvalidDataException($"{type.FullName} has no summary, so {cmdlet.Name} would have no help.");
        var defaults = Activator.CreateInstance(type)!;
        var syntaxes = cmdlet.ParameterSets.OrderByDescending(static s => s.IsDefault).ThenBy(static s => s.Name, StringComparer.Ordinal)
            .Select(set => new SyntaxHelp(set.Name, set.IsDefault, [.. Shown(set).Select(p => Read(type, defaults, p)).OrderBy(p => Rank(type, p))])).ToArray();
        var parameters = syntaxes.SelectMany(static s => s.Parameters).GroupBy(static p => p.Name, StringComparer.Ordinal).Select(Merge).OrderBy(p => Rank(type, p)).ToArray();
        return new CmdletHelp
        {
            Name = cmdlet.Name,
            Synopsis = DocComments.FirstSentence(description[0]),
            Description = description,
            Syntaxes = syntaxes,
            Parameters = parameters,
            Inputs = Inputs(type, parameters),
            Outputs = Outputs(cmdlet),
            Notes = [Calls(type)],
            Examples = comments.Examples(type),
        };
    }

    private static IEnumerable<CommandParameterInfo> Shown(CommandParameterSetInfo set) => set.Parameters.Where(p =>
        !Cmdlet.CommonParameters.Contains(p.Name) && !p.Attributes.OfType<ParameterAttribute>().Any(static a => a.DontShow));

    private ParameterHelp Read(Type type, object defaults, CommandParameterInfo parameter) => new()
    {
        Name = parameter.Name,
        Type = parameter.ParameterType,
        Description = parameter.Name switch
        {
            nameof(WhatIf) => WhatIf,
            nameof(Confirm) => Confirm,
            var name => comments.Summary(type, name) is { Length: > 0 } text ? text : throw new InvalidDataException($"{type.FullName}.{name} has no summary."),
        },
        Aliases = [.. parameter.Aliases.Order(StringComparer.Ordinal)],
        Required = parameter.IsMandatory,
        Position = parameter.Position >= 0 ? parameter.Position : null,
        ByValue = parameter.ValueFromPipeline,
        ByPropertyName = parameter.ValueFromPipelineByPropertyName,
        Default = Default(type.GetProperty(parameter.Name)?.GetValue(defaults)),
        Wildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
    };

    private static string? Default(object? value) => value switch
    {
        null or SwitchParameter or "" or Array { Length: 0 } => null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>What holds in every set that has the parameter.</summary>
    private static ParameterHelp Merge(IEnumerable<ParameterHelp> same) => same.Aggregate(static (all, one) => all with
    {
        Required = all.Required && one.Required,
        Position = all.Position ?? one.Position,
        ByValue = all.ByValue || one.ByValue,
        ByPropertyName = all.ByPropertyName || one.ByPropertyName,
    });

    /// <summary>Positions first, then what must be given, then as declared, what the base classes have last.</summary>
    private static (int Position, bool Optional, int Depth, int Declared) Rank(Type type, ParameterHelp parameter)
    {
        var property = type.GetProperty(parameter.Name);
        var depth = 0;
        for (var at = type; at is not null && at != property?.DeclaringType; at = at.BaseType) depth++;
        return (parameter.Position ?? int.MaxValue, !parameter.Required, depth, property?.MetadataToken ?? int.MaxValue);
    }

    private static List<TypeHelp> Inputs(Type type, IReadOnlyList<ParameterHelp> parameters)
    {
        var inputs = new List<TypeHelp>();
        foreach (var parameter in parameters.Where(static p => p.ByValue))
        {
            if (type.GetProperty(parameter.Name)!.CustomAttributes.FirstOrDefault(static a => a.AttributeType.Name == "IdOfAttribute") is { } idOf)
                inputs.Add(new(((Type)idOf.ConstructorArguments[0].Value!).FullName!, $"Its id is taken for -{parameter.Name}."));
            inputs.Add(new((parameter.Type.GetElementType() ?? parameter.Type).FullName!, $"It is taken for -{parameter.Name}."));
        }
        var named = parameters.Where(static p => p.ByPropertyName).Select(static p => p.Name).ToArray();
        if (named.Length > 0)
            inputs.Add(new(typeof(PSObject).FullName!, $"An object's properties of these names are taken: {string.Join(", ", named)}."));
        return inputs.Count > 0 ? inputs : [new("None", "It takes nothing from the pipeline.")];
    }

    private TypeHelp[] Outputs(CmdletInfo cmdlet) => cmdlet.OutputType.Count == 0
        ? [new("None", "It writes nothing.")]
        : [.. cmdlet.OutputType.Select(o => new TypeHelp(o.Name, o.Type is null ? "" : comments.Paragraphs(o.Type).FirstOrDefault(OfPowerShell(o.Type))))];

    // These have no comments of ours.
    private static string OfPowerShell(Type type) =>
        type == typeof(PSObject) ? "An object with the properties that the reply has." : type == typeof(string) ? "Text." : type == typeof(bool) ? "$true or $false." : "";

    // The attribute's own type is the module's; its data can be read without it.
    private static string Calls(Type type)
    {
        var calls = type.CustomAttributes.FirstOrDefault(static a => a.AttributeType.Name == "CallsAttribute")
            ?.ConstructorArguments[0].Value as IReadOnlyList<CustomAttributeTypedArgument> ?? [];
        return calls.Count == 0
            ? "It calls no operation of the API."
            : calls is [{ Value: AnyOperation }] ? "Operations of the API that it may call: the one that is named (*)."
            : $"Operations of the API that it may call: {string.Join(", ", calls.Select(static c => c.Value))}.";
    }
}
