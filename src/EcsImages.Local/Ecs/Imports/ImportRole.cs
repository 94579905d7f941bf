using EcsImages.Core.Ram;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ram;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>The RAM role by which the service reads the caller's objects.</summary>
internal sealed class ImportRole
{
    private const string Default = "AliyunECSImageImportDefaultRole", Service = "ecs.aliyuncs.com", Code = "NoSetRoletoECSServiceAcount";
    private readonly RamRole _role;
    private readonly RamPolicy[] _policies;
    private readonly IReadOnlyDictionary<string, string> _context;

    private ImportRole(RamRole role, RamPolicy[] policies, IReadOnlyDictionary<string, string> context) => (_role, _policies, _context) = (role, policies, context);

    /// <exception cref="EndpointError">There is no such role, or it does not trust the service.</exception>
    public static ImportRole Need(Call call, Session store)
    {
        var name = call.Text("RoleName") ?? Default;
        var context = RequestContext.Of("127.0.0.1", store.Now);
        var role = RamRoles.Find(store, call.Account, name) ?? throw Error.Of(Code, $"there is no role {name}");
        if (!RoleTrust.Parse(role.Trust).Lets("Service", [Service], context)) throw Error.Of(Code, $"the role {name} does not trust {Service}");
        RamPolicy[] policies =
        [
            .. RamRoles.Policies(store, role).Select(a => RamPolicies.Find(store, call.Account, a.Type, a.Policy)).OfType<RamPolicyRow>()
                .Select(static p => RamPolicy.Parse(p.Document)),
        ];
        return new ImportRole(role, policies, context);
    }

    /// <exception cref="EndpointError">Its policies do not let it read the object.</exception>
    public void NeedRead(Call call, ImportDisk disk)
    {
        var request = new RamRequest("oss:GetObject", $"acs:oss:*:{call.Account}:{disk.Bucket}/{disk.Object}", _context);
        var decisions = _policies.Select(p => p.Decide(request)).ToArray();
        if (!decisions.Contains(RamDecision.Allow) || decisions.Contains(RamDecision.ExplicitDeny))
            throw Error.Of(Code, $"the policies of the role {_role.Name} do not let it read {disk.Bucket}/{disk.Object}");
    }
}
