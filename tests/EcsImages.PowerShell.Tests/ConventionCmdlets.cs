using System.Management.Automation;
using System.Reflection;

namespace EcsImages.PowerShell.Tests;

/// <summary>The exported cmdlets of the staged module, as PowerShell sees them.</summary>
internal static class ConventionCmdlets
{
    private static readonly Lazy<IReadOnlyList<CmdletInfo>> Found = new(Find);

    /// <summary>What [Calls] says where the caller names the operation.</summary>
    public const string AnyOperation = "*";

    public static IReadOnlyList<CmdletInfo> All => Found.Value;

    public static IEnumerable<CmdletInfo> ThatCallAnApi => All.Where(static c => c.Calls() is { Count: > 0 });

    /// <summary>Fails with all that is wrong, not just the first of it.</summary>
    public static void Hold(IEnumerable<string> violations)
    {
        var found = violations.ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    /// <summary>The parameters that one can see.</summary>
    public static IEnumerable<ParameterMetadata> Visible(this CmdletInfo cmdlet) => cmdlet.Parameters.Values.Where(static p =>
        !Cmdlet.CommonParameters.Contains(p.Name) && !Cmdlet.OptionalCommonParameters.Contains(p.Name)
        && !p.Attributes.OfType<ParameterAttribute>().Any(static a => a.DontShow));

    /// <summary>The operations of [Calls]; null without the attribute. The tests do not reference the module, so they read its data.</summary>
    public static IReadOnlyList<string>? Calls(this CmdletInfo cmdlet) => CallsData(cmdlet) is { } calls ? Texts(calls.ConstructorArguments[0]) : null;

    /// <summary>What the service calls with the caller's rights.</summary>
    public static IReadOnlyList<string> CallsOnBehalf(this CmdletInfo cmdlet) =>
        [.. CallsData(cmdlet)!.NamedArguments.Where(static a => a.MemberName == "OnBehalf").SelectMany(static a => Texts(a.TypedValue))];

    private static CustomAttributeData? CallsData(CmdletInfo cmdlet) =>
        cmdlet.ImplementingType.CustomAttributes.SingleOrDefault(static a => a.AttributeType.Name == "CallsAttribute");

    private static string[] Texts(CustomAttributeTypedArgument list) => [.. ((IEnumerable<CustomAttributeTypedArgument>)list.Value!).Select(static c => (string)c.Value!)];

    public static bool HasAttribute(this ParameterMetadata parameter, string name) => parameter.Attributes.Any(a => a.GetType().Name == name);

    /// <summary>In all of the parameter's sets.</summary>
    public static bool BindsByPropertyName(this ParameterMetadata parameter) => parameter.ParameterSets.Values.All(static s => s.ValueFromPipelineByPropertyName);

    /// <summary>In any of the parameter's sets, by value or by property name.</summary>
    public static bool Binds(this ParameterMetadata parameter) =>
        parameter.ParameterSets.Values.Any(static s => s.ValueFromPipelineByPropertyName || s.ValueFromPipeline);

    private static CmdletInfo[] Find()
    {
        using var shell = new TestShell(connect: false);
        var found = shell.Run("Get-Command -Module EcsImage").Select(static c => (CmdletInfo)((PSObject)c).BaseObject).ToArray();
        // What needs the runspace is read while it lives.
        foreach (var cmdlet in found) _ = (cmdlet.Parameters.Count, cmdlet.ParameterSets.Count, cmdlet.OutputType.Count);
        return found;
    }
}
