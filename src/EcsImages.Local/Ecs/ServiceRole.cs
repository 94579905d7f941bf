using EcsImages.Core.Ram;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ram;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The RAM role by which the service reads or writes the caller's objects.</summary>
internal sealed class ServiceRole
{
    private const string Service = "ecs.aliyuncs.com", Code = "NoSetRoletoECSServiceAcount";
    private readonly RamRole _role;
    private readonly RamPolicy[] _policies;
    private readonly IReadOnlyDictionary<string, string> _context;

    private ServiceRole(RamRole role, RamPolicy[] policies, IReadOnlyDictionary<string, string> context) => (_role, _policies, _context) = (role, policies, context);

    /// <param name="call">May name it, as RoleName.</param>
    /// <param name="store">Where roles are.</param>
    /// <param name="usual">Its name where the call names none.</param>
    /// <exception cref="EndpointError">There is no such role, or it does not trust the service.</exception>
    public static ServiceRole Need(Call call, Session store, string usual)
    {
        var name = call.Text("RoleName") ?? usual;
        var context = RequestContext.Of("127.0.0.1", store.Now);
        var role = RamRoles.Find(store, call.Account, name) ?? throw Error.Of(Code, $"there is no role {name}");
        if (!RoleTrust.Parse(role.Trust).Lets("Service", [Service], context)) throw Error.Of(Code, $"the role {name} does not trust {Service}");
        RamPolicy[] policies =
        [
            .. RamRoles.Policies(store, role).Select(a => RamPolicies.Find(store, call.Account, a.Type, a.Policy)).OfType<RamPolicyRow>()
                .Select(static p => RamPolicy.Parse(p.Document)),
        ];
        return new ServiceRole(role, policies, context);
    }

    /// <exception cref="EndpointError">Its policies do not let it do that with the object.</exception>
    public void NeedRight(string action, string account, string bucket, string key)
    {
        var request = new RamRequest(action, $"acs:oss:*:{account}:{bucket}/{key}", _context);
        var decisions = _policies.Select(p => p.Decide(request)).ToArray();
        if (!decisions.Contains(RamDecision.Allow) || decisions.Contains(RamDecision.ExplicitDeny))
            throw Error.Of(Code, $"the policies of the role {_role.Name} do not let it do {action} on {bucket}/{key}");
    }
}
