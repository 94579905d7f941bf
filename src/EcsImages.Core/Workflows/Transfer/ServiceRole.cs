using EcsImages.Core.Acs;
using EcsImages.Core.Ram;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>A RAM role by which the service reads or writes the caller's buckets; whoever owns the account agrees to it once.</summary>
/// <param name="Name">The name that the service looks for where the call names none.</param>
/// <param name="Policy">The system policy that it needs.</param>
/// <remarks>Source: ImportImage and ExportImage, "RoleName"; the error NoSetRoletoECSServiceAcount.</remarks>
internal sealed record ServiceRole(string Name, string Policy)
{
    private const string Service = "ecs.aliyuncs.com", Code = "NoSetRoletoECSServiceAcount";

    // A host inside a VPC may have no way to RAM, and should not wait through all the retries to learn that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static ServiceRole Import { get; } = new("AliyunECSImageImportDefaultRole", "AliyunECSImageImportRolePolicy");

    public static ServiceRole Export { get; } = new("AliyunECSImageExportDefaultRole", "AliyunECSImageExportRolePolicy");

    /// <summary>The trust policy that it needs, as a text.</summary>
    public static string Trust => $$$"""{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["{{{Service}}}"]}}]}""";

    /// <summary>Throws where the service would refuse for want of the role; where RAM does not tell, the service is left to judge.</summary>
    /// <param name="access">Whose role it is.</param>
    /// <param name="given">The role that the call will name; null for the usual one.</param>
    /// <param name="regionId">The region of the call; roles have none.</param>
    /// <param name="note">Hears why the role was not looked at.</param>
    /// <param name="stop">Ends the look.</param>
    /// <exception cref="PreconditionException">NoSetRoletoECSServiceAcount, spelt as the service does.</exception>
    public async Task NeedAsync(EcsAccess access, string? given, string regionId, Action<string> note, CancellationToken stop)
    {
        var name = given ?? Name;
        using var patience = new CancellationTokenSource(Patience, access.Client.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            var reply = await access.CallAsync(RamApi.GetRole, regionId, new GetRoleRequest { RoleName = name }, limit.Token).ConfigureAwait(false);
            if (reply.Role?.AssumeRolePolicyDocument is { } trust && !trust.Contains(Service, StringComparison.OrdinalIgnoreCase))
                throw new PreconditionException(Code, $"The RAM role {name} does not trust {Service}, so that the service can do nothing by it. Set its trust policy to:\n{Trust}");
            // Which policies of one's own let it do what, the service judges; without any it can do nothing.
            var policies = await access.CallAsync(RamApi.ListPoliciesForRole, regionId, new ListPoliciesForRoleRequest { RoleName = name }, limit.Token).ConfigureAwait(false);
            if (policies.Policies?.Policy is null or [])
                throw new PreconditionException(Code, $"The RAM role {name} has no policy, so that the service can do nothing by it. The owner of the account {access.AccountId} gives it one with:\n{Attach(name)}");
        }
        catch (AcsException e) when (e.Code is "EntityNotExist.Role")
        {
            throw new PreconditionException(Code,
                $"The account {access.AccountId} has no RAM role {name}, by which the service reaches its buckets. Its owner makes it once, at the console or with:\n"
                + $"Invoke-EcsApi CreateRole -Product ram @{{ RoleName = '{name}'; AssumeRolePolicyDocument = '{Trust}' }}\n"
                + Attach(name));
        }
        catch (AcsException e)
        {
            note($"The RAM role {name} cannot be looked at ({e.Code}); the service judges. Reading it needs the permissions {RamApi.GetRole.Action} and {RamApi.ListPoliciesForRole.Action}.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            note($"RAM did not answer within {Patience.TotalSeconds:0} s; the service judges whether there is a role {name}.");
        }
    }

    private string Attach(string name) => $"Invoke-EcsApi AttachPolicyToRole -Product ram @{{ RoleName = '{name}'; PolicyType = 'System'; PolicyName = '{Policy}' }}";
}
