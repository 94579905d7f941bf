using EcsImages.Core.Ram;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ram;

/// <summary>The names and documents that the operations of RAM take, each with the codes of its own.</summary>
internal static class RamWords
{
    private const int MostTrust = 2048, MostDescription = 1024;

    public static string RoleName(Call call)
    {
        var name = call.Given("RoleName") ?? throw Error.Missing("RoleName");
        if (name.Length is < 1 or > 64) throw Error.Of("InvalidParameter.RoleName.Length", name.Length);
        if (!name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')) throw Error.Of("InvalidParameter.RoleName.InvalidChars", name);
        return name;
    }

    public static RamRole NeedRole(Call call, Session store) =>
        RoleName(call) is var name && RamRoles.Find(store, call.Account, name) is { } role ? role : throw Error.Of("EntityNotExist.Role", name);

    public static string PolicyName(Call call)
    {
        var name = call.Given("PolicyName") ?? throw Error.Missing("PolicyName");
        if (name.Length is < 1 or > 128) throw Error.Of("InvalidParameter.PolicyName.Length", name.Length);
        if (!name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-')) throw Error.Of("InvalidParameter.PolicyName.InvalidChars", name);
        return name;
    }

    public static RamPolicyRow NeedPolicy(Call call, Session store)
    {
        var name = PolicyName(call);
        var type = call.Needed("PolicyType");
        if (type is not (RamPolicies.System or RamPolicies.Custom)) throw Error.Of("InvalidParameter.PolicyType", type);
        return RamPolicies.Find(store, call.Account, type, name) ?? throw Error.Of("EntityNotExist.Policy", type, name);
    }

    /// <summary>A trust policy that can be judged by.</summary>
    public static string Trust(string document, string parameter)
    {
        if (document.Length > MostTrust) throw Error.Of($"InvalidParameter.{parameter}.Length", document.Length);
        try
        {
            RoleTrust.Parse(document);
            return document;
        }
        catch (RamPolicyException e)
        {
            throw Error.Of("MalformedPolicyDocument", e.Message);
        }
    }

    public static string? Description(Call call, string parameter)
    {
        var text = call.Given(parameter);
        return text?.Length > MostDescription ? throw Error.Of("InvalidParameter.Description.Length", text.Length) : text;
    }
}
