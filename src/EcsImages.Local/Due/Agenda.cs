using EcsImages.Local.Contents;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Store;

namespace EcsImages.Local.Due;

/// <summary>Everything that is due, of every kind, carried out in the order of its time.</summary>
/// <remarks>
/// A call sees the store only once nothing is due in it, so that it cannot tell when stages were really carried out: what they made is dated to
/// when they were due. A stage and the time of the next one are one transaction: a killed process loses none and repeats none.
/// </remarks>
internal sealed class Agenda(Database database, DiskContents contents, params IDueWork[] kinds)
{
    /// <summary>Whether a stage is due at the session's time: one look into an index for each kind.</summary>
    public bool IsDue(Session store) => First(store) is not null;

    /// <summary>Carries out what is due.</summary>
    /// <returns>Whether contents of disks may be left over.</returns>
    public async Task<bool> AdvanceAsync(CancellationToken stop)
    {
        var frees = false;
        while (await StepAsync(stop).ConfigureAwait(false) is { } stepFrees) frees |= stepFrees;
        return frees;
    }

    // Null where nothing is due.
    private async Task<bool?> StepAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var leases = new List<IDisposable>();
        try
        {
            if (Look() is not var (due, needs)) return null;
            foreach (var disk in needs) leases.Add(await contents.ObtainAsync(disk, stop).ConfigureAwait(false));
            await due.Work.ReadAsync(due.Stage, stop).ConfigureAwait(false);
            using var writing = database.Write();
            // Another call, maybe of another process, was quicker.
            if (First(writing) != due) return false;
            var frees = due.Work.Run(writing.At(due.Stage.At), due.Stage);
            writing.Commit();
            return frees;
        }
        finally
        {
            foreach (var lease in leases) lease.Dispose();
        }
    }

    private (Due Due, IReadOnlyList<SyntheticDisk> Needs)? Look()
    {
        using var session = database.Read();
        return First(session) is { } due ? (due, due.Work.Needs(session.At(due.Stage.At), due.Stage)) : null;
    }

    private Due? First(Session store)
    {
        Due? first = null;
        foreach (var kind in kinds)
            if (kind.Next(store) is { } stage && stage.At <= store.Now && (first is null || stage.At < first.Stage.At)) first = new(kind, stage);
        return first;
    }

    private sealed record Due(IDueWork Work, DueStage Stage);
}
