using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Store;

namespace EcsImages.Local.Due;

/// <summary>Work of stages that change rows, each at a time that is stored. No timer carries them out: the next call does, as of their time.</summary>
/// <remarks>What only shows a state by the clock needs none of this: it is computed when it is read.</remarks>
internal interface IDueWork
{
    /// <summary>The stage that is due first, ahead or not; null where nothing is under way. To be answered from an index.</summary>
    DueStage? Next(Session store);

    /// <summary>The disks whose contents the stage will refer to, which take longer to write than a transaction may last.</summary>
    IReadOnlyList<SyntheticDisk> Needs(Session store, DueStage stage) => [];

    /// <summary>Reads, outside of any transaction and once those disks are there, what the stage has to know of contents. The work keeps it itself.</summary>
    Task ReadAsync(DueStage stage, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Carries the stage out, in a session whose now is the time it was due. What fails in it is for the work itself to record.</summary>
    /// <returns>Whether contents of disks may be left over.</returns>
    bool Run(Session store, DueStage stage);
}

/// <summary>The next stage of one piece of work, and when it is due.</summary>
internal sealed record DueStage(string Id, DateTimeOffset At);
