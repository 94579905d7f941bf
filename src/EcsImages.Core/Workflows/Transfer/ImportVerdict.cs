using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Files;
using EcsImages.Core.Files.Checks;
using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>Whether a disk is worth importing: what the checks of a file say, as far as an import, which converts on the way, is concerned.</summary>
/// <param name="Refusals">Why the image would not boot, or not be made.</param>
/// <param name="Warnings">What may go wrong.</param>
internal sealed record ImportVerdict(IReadOnlyList<EcsCompatibilityRule> Refusals, IReadOnlyList<EcsCompatibilityRule> Warnings)
{
    // A file that is converted has no such fault any more.
    private static readonly string[] Mended = ["VhdSize", "Format", "OneFile", "InternalSnapshots"];

    // These hold whatever else is on the disk. That nothing is found that boots, blocks only where a system is found.
    private static readonly string[] Certain = ["DiskSize", "FileIntegrity", "InstallationMedium", "Encryption"];

    /// <param name="file">The file, and what is on its disk.</param>
    /// <param name="plan">What it would be imported as.</param>
    /// <param name="today">To judge support by.</param>
    public static ImportVerdict Of(EcsImageFile file, ImportPlan plan, DateOnly today)
    {
        var problems = FileChecks.Judge(new FileCandidate
        {
            File = file,
            Today = today,
            SaidArchitecture = plan.Request.Architecture,
            SaidBootMode = plan.BootMode ?? plan.Request.BootMode,
        }).Problems.Where(static p => !Mended.Contains(p.Id)).ToArray();
        var refusals = problems.Where(p => p.Blocks && (Certain.Contains(p.Id) || HasSystem(file.Content))).ToArray();
        return new ImportVerdict(refusals, [.. problems.Where(p => (p.Blocks || p.Warns) && !refusals.Contains(p))]);
    }

    /// <summary>The refusals as an error; each with its remedy.</summary>
    public PreconditionException ToException(string path) => new("DiskWouldNotBoot",
        $"An image of '{path}' would not start on ECS; nothing was sent.{string.Concat(Refusals.Select(static r => $"\n- {r.Reason}{(r.Remedy is null ? "" : $" Remedy: {r.Remedy}")}"))}");

    private static bool HasSystem(DiskInspection disk) => disk.HasLinux || disk.HasWindows;
}
