using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Fills the parameters of a launch in from the template that it names; what the call itself says overrules the template.</summary>
internal static class LaunchTemplateChoice
{
    // Of each line only one can be: the call's own choice puts all of the template's aside. Not so ImageId and ImageFamily, whose clash is an error.
    private static readonly string[][] Alternatives = [["SecurityGroupId", "SecurityGroupIds"], ["HostName", "HostNames"], ["Password", "PasswordInherit", "KeyPairName"]];

    public static Call Apply(Call call, Session store)
    {
        if (call.Text("LaunchTemplateId") is null && call.Text("LaunchTemplateName") is null) return call;
        var template = LaunchTemplates.Need(call, store);
        var number = call.Long("LaunchTemplateVersion") ?? template.DefaultVersion;
        var version = template.Versions(store).FirstOrDefault(v => v.Number == number)
            ?? throw Error.Of("InvalidLaunchTemplateVersion.NotFound", template.Id, number);
        return call.With(Merge(call, KeptParameters.Read(version.Parameters)));
    }

    private static Dictionary<string, string> Merge(Call call, IReadOnlyDictionary<string, string> kept)
    {
        var merged = call.All.Where(static p => p.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
        var own = merged.Keys.Select(KeptParameters.Top).ToHashSet(StringComparer.Ordinal);
        foreach (var group in Alternatives)
            if (group.Any(own.Contains)) own.UnionWith(group);
        // There is one network interface, which can be described in two ways: the call's own puts the template's other one aside.
        if (own.Contains(LaunchInterface.Parameter)) own.UnionWith(LaunchInterface.Counterparts);
        else if (LaunchInterface.Counterparts.Any(own.Contains)) own.Add(LaunchInterface.Parameter);
        foreach (var (name, value) in kept)
        {
            // A struct is completed member by member; a list, or an alternative, stands or falls as a whole.
            if (ParameterName.Find(call.Operation, name) is null || (own.Contains(KeptParameters.Top(name)) && !IsStruct(call.Operation, name))) continue;
            merged.TryAdd(name, value);
        }
        return merged;
    }

    private static bool IsStruct(ApiOperation operation, string name) =>
        operation.Request.Any(f => f.Name == KeptParameters.Top(name) && f.Type == "struct");
}
