using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>What the operations on launch templates share. Whether a template can be launched shows only when it is.</summary>
internal static class LaunchTemplates
{
    public const int MostTemplates = 30, MostVersions = 30;

    // What names the template or the version, and is no parameter of its instances.
    private static readonly HashSet<string> OfTheTemplate = new(StringComparer.Ordinal)
    {
        "RegionId", "LaunchTemplateId", "LaunchTemplateName", "VersionDescription", "TemplateResourceGroupId", "TemplateTag",
    };

    /// <summary>The patterns that are judged here.</summary>
    public static readonly string[] Judged =
        ["LaunchTemplateName", "Description", "VersionDescription", "HostName", "TemplateTag.N", "TemplateTag.N.Key", "TemplateTag.N.Value", .. TagWords.Judged];

    /// <exception cref="EndpointError">Neither id nor name; or none of the caller's has them.</exception>
    public static LaunchTemplateRow Need(Call call, Session store)
    {
        var (id, name) = (call.Text("LaunchTemplateId"), call.Text("LaunchTemplateName"));
        if (id is null && name is null) throw Error.Missing("LaunchTemplateId");
        return LaunchTemplateRow.Find(store, call.Account, call.RegionId, id, name) ?? throw Error.Of("InvalidLaunchTemplate.NotFound", id ?? name);
    }

    /// <summary>The new version that a call describes.</summary>
    public static LaunchTemplateVersionRow Version(Call call, long number)
    {
        NameRule.Description(call, "Description", "InvalidDescription.Malformed");
        if (call.Text("HostName") is { Length: < 2 or > 64 } host) throw Error.Of("InvalidHostName.Malformed", host);
        if (call.Text("UserData") is { } data) LaunchLogin.CheckUserData(data);
        TagWords.Read(call);
        ImageWords.ResourceGroup(call);
        var kept = KeptParameters.Of(call, static name => !OfTheTemplate.Contains(KeptParameters.Top(name)));
        var description = NameRule.Description(call, "VersionDescription", "InvalidDescription.Malformed");
        return new(number, description, KeptParameters.Write(kept), call.Now);
    }
}
