using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>An operation that needs contents which take longer to write than a transaction may last.</summary>
internal interface IPreparedOperation : IOperation
{
    /// <summary>
    /// The disks that Run will refer to by <see cref="Contents.DiskContents.IdOf"/>. Asked in a transaction of its own, before the call was
    /// judged: what is wrong with the call is for Run to say.
    /// </summary>
    IReadOnlyList<SyntheticDisk> Needs(Call call, Session store);
}
