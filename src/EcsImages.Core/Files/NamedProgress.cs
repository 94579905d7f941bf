using EcsImages.Core.Disks;

namespace EcsImages.Core.Files;

/// <summary>Tells of one piece of work where several are told of.</summary>
internal static class NamedProgress
{
    /// <summary>What is told of a piece of work, together with its name.</summary>
    public static IProgress<DiskCopyProgress> Of(this IProgress<(string Work, DiskCopyProgress Done)> progress, string work) => new Named(work, progress);

    private sealed class Named(string work, IProgress<(string, DiskCopyProgress)> to) : IProgress<DiskCopyProgress>
    {
        public void Report(DiskCopyProgress value) => to.Report((work, value));
    }
}
