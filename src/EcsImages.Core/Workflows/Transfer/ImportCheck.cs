namespace EcsImages.Core.Workflows.Transfer;

/// <summary>What can be told before an import begins: whether there is room for its image, a role to read it by, and its name free.</summary>
/// <param name="room">Counts the images that the same run of a cmdlet makes.</param>
/// <param name="note">Hears what could not be looked at.</param>
internal sealed class ImportCheck(ImageRoom room, Action<string> note)
{
    /// <exception cref="PreconditionException">The service would refuse; the code is the one that it has for that.</exception>
    public async Task NeedAsync(EcsAccess access, string regionId, string? name, string? roleName, CancellationToken stop)
    {
        CreatePreconditions.CheckWord(name);
        await room.NeedAsync(access, regionId, stop).ConfigureAwait(false);
        await ServiceRole.Import.NeedAsync(access, roleName, regionId, note, stop).ConfigureAwait(false);
        await new CreatePreconditions(access).CheckNameAsync(name, regionId, stop).ConfigureAwait(false);
    }

    /// <summary>The same for objects that lie in buckets already.</summary>
    public async Task NeedAsync(EcsAccess access, string regionId, string? name, string? roleName, IEnumerable<string> buckets, CancellationToken stop)
    {
        await NeedAsync(access, regionId, name, roleName, stop).ConfigureAwait(false);
        foreach (var bucket in buckets.Distinct(StringComparer.Ordinal))
            if (!(await ImageBucket.FindAsync(access, bucket, regionId, stop).ConfigureAwait(false)).Exists)
                throw new PreconditionException("InvalidOSSBucket.NotFound", $"There is no bucket {bucket}.");
    }

    /// <summary>Counts an image that is being made.</summary>
    public void Take(EcsAccess access, string regionId) => room.Take(access, regionId);
}
