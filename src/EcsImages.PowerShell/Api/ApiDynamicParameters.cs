using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;
using EcsImages.Core.Contract;

namespace EcsImages.PowerShell.Api;

/// <summary>Gives a cmdlet the parameters of an operation, so that they are typed and completed like its own.</summary>
internal static class ApiDynamicParameters
{
    private static readonly string[] CommonAliases =
        ["vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf", "usetx"];

    /// <summary>A parameter for each parameter of the operation, but for those whose name the cmdlet needs itself.</summary>
    public static RuntimeDefinedParameterDictionary Of(ApiOperation operation, Type cmdlet, string set)
    {
        var taken = Taken(cmdlet);
        var parameters = new RuntimeDefinedParameterDictionary();
        foreach (var field in operation.Request)
        {
            // What is the beginning of another name would be taken for it.
            if (taken.Any(t => t.StartsWith(field.Name, StringComparison.OrdinalIgnoreCase)) || parameters.ContainsKey(field.Name)) continue;
            var attribute = new ParameterAttribute { ParameterSetName = set };
            if (field.Note is { Length: > 0 } note) attribute.HelpMessage = note;
            parameters.Add(field.Name, new RuntimeDefinedParameter(field.Name, TypeOf(field),
                new Collection<Attribute> { attribute, new ArgumentCompleterAttribute(typeof(ApiValueCompleter)) }));
        }
        return parameters;
    }

    // Texts that can be lists, documents, times or secrets must not become texts before they are looked at.
    private static Type TypeOf(ApiField field) => field switch
    {
        { Style: "json" } or { Holds: not null } or { Type: "struct" or "map" } => typeof(object),
        { Type: "array", ItemType: "string" } => typeof(string[]),
        { Type: "array" } => typeof(object[]),
        { Type: "boolean" } => typeof(SwitchParameter),
        { Type: "int32" or "int64" } => typeof(long),
        { Type: "float" or "double" } => typeof(double),
        { Name: var name, Example: var example } when name.EndsWith("Password", StringComparison.Ordinal) || example is [_, _, _, _, '-', _, _, '-', _, _, 'T', ..] => typeof(object),
        _ => typeof(string),
    };

    private static List<string> Taken(Type cmdlet)
    {
        var taken = new List<string>([.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters, .. CommonAliases]);
        foreach (var property in cmdlet.GetProperties().Where(static p => p.IsDefined(typeof(ParameterAttribute), inherit: true)))
            taken.AddRange([property.Name, .. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []]);
        return taken;
    }
}
