using System.Text.Json.Nodes;
using EcsImages.Core.Ram;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Sts;

/// <summary>What both operations that issue sessions ask for: a role, a name, a duration, and a policy that narrows it.</summary>
internal sealed record SessionRequest(RamRole Role, string Name, int Seconds, string? Policy)
{
    private const int Least = 900, Default = 3600, MostPolicy = 2048;

    /// <summary>The parameters that are judged here, by codes of their own.</summary>
    public static IReadOnlyList<string> Judged { get; } = ["RoleArn", "RoleSessionName", "DurationSeconds", "Policy"];

    public static SessionRequest Read(Call call, Session store)
    {
        var name = call.Given("RoleSessionName") ?? throw Error.Of("InvalidParameter.RoleSessionName", "it is missing");
        if (name.Length is < 2 or > 64 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '@' or '-' or '_'))
            throw Error.Of("InvalidParameter.RoleSessionName", name);
        var policy = PolicyOf(call);
        var role = RoleOf(call.Given("RoleArn") ?? "", store);
        var seconds = call.Long("DurationSeconds") ?? Math.Min(Default, role.MaxSessionSeconds);
        if (seconds < Least || seconds > role.MaxSessionSeconds)
            throw Error.Of("InvalidParameter.DurationSeconds", $"{seconds}; from {Least} to the role's {role.MaxSessionSeconds} seconds");
        return new SessionRequest(role, name, (int)seconds, policy);
    }

    /// <summary>Issues the session; the reply has what both operations answer.</summary>
    public JsonObject Issue(Session store)
    {
        var issued = StsSessions.Issue(store, Role, Name, Policy, Seconds);
        return new()
        {
            ["AssumedRoleUser"] = new JsonObject { ["Arn"] = $"{Role.Arn}/{Name}", ["AssumedRoleId"] = issued.PrincipalId },
            ["Credentials"] = new JsonObject
            {
                ["AccessKeyId"] = issued.Credential.AccessKeyId,
                ["AccessKeySecret"] = issued.Credential.AccessKeySecret,
                ["SecurityToken"] = issued.Credential.SecurityToken,
                ["Expiration"] = Times.Second(issued.Credential.Expiration!.Value),
            },
        };
    }

    private static RamRole RoleOf(string arn, Session store)
    {
        if (arn.Split(':', 5) is not ["acs", "ram", "", { Length: > 0 } account, var resource] || !resource.StartsWith("role/", StringComparison.OrdinalIgnoreCase))
            throw Error.Of("InvalidParameter.RoleArn", arn);
        return RamRoles.Find(store, account, resource["role/".Length..]) ?? throw Error.Of("EntityNotExist.Role", arn);
    }

    private static string? PolicyOf(Call call)
    {
        if (call.Text("Policy") is not { } text) return null;
        if (text.Length > MostPolicy) throw Error.Of("InvalidParameter.PolicySize", text.Length);
        try
        {
            RequestContext.CheckJudgeable(RamPolicy.Parse(text));
            return text;
        }
        catch (RamPolicyException e)
        {
            throw Error.Of("InvalidParameter.PolicyGrammar", e.Message);
        }
    }
}
