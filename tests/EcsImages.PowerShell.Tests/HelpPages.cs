using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

/// <summary>An example of a cmdlet's help.</summary>
public sealed record HelpExample(string Cmdlet, int Number, string Code, string Remarks)
{
    public override string ToString() => $"{Cmdlet}, example {Number}";
}

/// <summary>What Get-Help says in the staged module.</summary>
internal static class HelpPages
{
    private static readonly Lazy<IReadOnlyDictionary<string, PSObject>> Read = new(static () =>
    {
        using var shell = new TestShell(connect: false);
        return ConventionCmdlets.All.ToDictionary(static c => c.Name, c => (PSObject)shell.Run($"Get-Help {c.Name} -Full")[0], StringComparer.Ordinal);
    });

    public static IReadOnlyDictionary<string, PSObject> All => Read.Value;

    public static IEnumerable<HelpExample> Examples =>
        from page in All
        from example in page.Value.At("examples", "example").Select(static (e, at) => (Value: e, Number: at + 1))
        select new HelpExample(page.Key, example.Number, example.Value.Text("code"), string.Join(' ', example.Value.At("remarks").Select(static r => r.Text("Text"))));

    /// <summary>The nodes at a path; help has one or several of everything.</summary>
    public static IReadOnlyList<PSObject> At(this PSObject? node, params string[] path)
    {
        foreach (var name in path[..^1]) node = node?.Properties[name]?.Value as PSObject;
        return node?.Properties[path[^1]]?.Value switch
        {
            null => [],
            PSObject { BaseObject: object[] several } => [.. several.Select(PSObject.AsPSObject)],
            object[] several => [.. several.Select(PSObject.AsPSObject)],
            var one => [PSObject.AsPSObject(one)],
        };
    }

    public static string Text(this PSObject node, string name) => node.Properties[name]?.Value?.ToString() ?? "";
}
