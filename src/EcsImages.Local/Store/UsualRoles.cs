using EcsImages.Core.Workflows.Transfer;

namespace EcsImages.Local.Store;

/// <summary>The roles that an account has once its owner has let the service reach its buckets.</summary>
/// <remarks>Source: ram-2015-05-01.json, wellKnownRoles.</remarks>
internal static class UsualRoles
{
    public static void Make(Session session, string accountId)
    {
        foreach (var (role, description) in new[] { (ServiceRole.Import, "Lets ECS read objects for the import of images."), (ServiceRole.Export, "Lets ECS write objects for the export of images.") })
        {
            var row = new RamRole
            {
                Id = "3" + Ids.UserId()[1..],
                Account = accountId,
                Name = role.Name,
                Trust = ServiceRole.Trust,
                Description = description,
                CreatedAt = session.Now,
                UpdatedAt = session.Now,
            };
            RamRoles.Put(session, row);
            RamRoles.Attach(session, row, RamPolicies.System, role.Policy);
        }
    }
}
