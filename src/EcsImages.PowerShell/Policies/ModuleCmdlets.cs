using System.Management.Automation;
using System.Reflection;
using EcsImages.Core.Oss;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Policies;

/// <summary>The module's cmdlets, and the actions that each declares.</summary>
internal static class ModuleCmdlets
{
    /// <summary>The one whose action is a parameter.</summary>
    public const string AnyOperation = "Invoke-EcsApi";

    private const string Module = "EcsImage";

    private static readonly Lazy<SortedDictionary<string, IReadOnlyList<string>>> Declared = new(Read);

    /// <summary>Their names, in alphabetical order.</summary>
    public static IReadOnlyCollection<string> Names => Declared.Value.Keys;

    /// <summary>The name as the module writes it, in whatever case and with or without the module's name; null if it is none of ours.</summary>
    public static string? Find(string name)
    {
        var own = name.Split('\\') is [var module, var rest] && module.Equals(Module, StringComparison.OrdinalIgnoreCase) ? rest : name;
        return Names.FirstOrDefault(n => n.Equals(own, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The actions that a cmdlet may call and that a policy has to allow.</summary>
    /// <remarks>
    /// The session of a role is begun with the profile's own key, before anything is called as the role: sts:AssumeRole belongs to that
    /// key's policy, with the role as its resource; with an OIDC token no key is needed. What may call any operation declares *.
    /// </remarks>
    public static IEnumerable<string> ActionsOf(string cmdlet) =>
        Declared.Value[cmdlet].Where(static a => a.Contains(':', StringComparison.Ordinal) && a is not ("sts:AssumeRole" or "sts:AssumeRoleWithOIDC"))
            .Select(OssActions.Allowing);

    private static SortedDictionary<string, IReadOnlyList<string>> Read()
    {
        var declared = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in typeof(ModuleCmdlets).Assembly.GetTypes())
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet && type.GetCustomAttribute<CallsAttribute>() is { } calls)
                declared.Add($"{cmdlet.VerbName}-{cmdlet.NounName}", [.. calls.Operations, .. calls.OnBehalf]);
        return declared;
    }
}
