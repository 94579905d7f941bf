using EcsImages.Local.Oss;

namespace EcsImages.Local.Dispatch;

/// <summary>An operation that needs to have read contents before its transaction begins.</summary>
internal interface IReadingOperation : IOperation
{
    /// <summary>
    /// Reads, outside of any transaction, and answers the operation that knows what was read and is to be run in this one's place. The call was
    /// not judged yet: what is wrong with it is for Run to say.
    /// </summary>
    Task<IOperation> ReadAsync(Call call, OssStore store, CancellationToken stop);
}
