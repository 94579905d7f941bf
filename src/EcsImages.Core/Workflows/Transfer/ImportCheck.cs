namespace EcsImages.Core.Workflows.Transfer;

/// <summary>What can be told before an import begins: whether there is room for its image, a role to read it by, and its name free.</summary>
/// <param name="room">Counts the images that the same run of a cmdlet makes.</param>
/// <param name="note">Hears what could not be looked at.</param>
internal sealed class ImportCheck(ImageRoom room, Action<string> note)
{
    /// <exception cref="PreconditionException">The service would refuse; the code is the one that it has for that.</exception>
    public async Task NeedAsync(EcsAccess access, string regionId, string? name, string? roleName, CancellationToken stop)
    {
        await room.NeedAsync(access, regionId, stop).ConfigureAwait(false);
        await ServiceRole.Import.NeedAsync(access, roleName, regionId, note, stop).ConfigureAwait(false);
        await new CreatePreconditions(access).CheckNameAsync(name, regionId, stop).ConfigureAwait(false);
    }

    /// <summary>Counts an image that is being made.</summary>
    public void Take(EcsAccess access, string regionId) => room.Take(access, regionId);
}
