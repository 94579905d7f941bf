using System.Globalization;
using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Images.Choice;

/// <summary>Ranks the images of a region by how well they answer a question. Pure: what it is handed decides.</summary>
/// <remarks>
/// The order: the system that suits the workload (or the nearest successor), plain editions, x86_64 where types are not named, compatibility,
/// the longest support, trust, the newest. Source: ECS "Image overview", how to choose an image; the order is ours.
/// </remarks>
internal static class ImageRanking
{
    /// <summary>The images with their ranks, the best first, and those that were left out.</summary>
    public static RankedImages Rank(IEnumerable<EcsImage> images, ImageQuestion asked)
    {
        var fitting = new List<Candidate>();
        var leftOut = new List<(EcsImage Image, IReadOnlyList<Objection> Objections)>();
        foreach (var image in images)
        {
            var verdicts = asked.InstanceTypes.Select(t => CompatibilityRules.Judge(image, t, new() { RegionId = image.RegionId, Today = asked.Today })).ToArray();
            var objections = ImageSieve.Against(image, asked, verdicts).ToArray();
            if (objections.Length > 0) leftOut.Add((image, objections));
            else fitting.Add(Candidate.Of(image, verdicts, asked));
        }
        var best = new List<Candidate>();
        foreach (var variant in fitting.GroupBy(static c => ImageVariant.Of(c.Image), StringComparer.Ordinal))
        {
            var newest = variant.MaxBy(static c => c.Image.CreationTime)!;
            best.Add(newest with { OlderBuilds = variant.Count() - 1 });
            leftOut.AddRange(variant.Where(c => c != newest).Select(c => (c.Image, (IReadOnlyList<Objection>)
                [new("an older build", $"{newest.Image.ImageId} is newer, of the same {(newest.Image.Family is { } family && family == c.Image.Family ? $"family {family}" : "version and edition")}.")])));
        }
        var ranked = Ordered(best, asked);
        // What failed by the least is what one wants to know of first.
        leftOut = [.. leftOut.OrderBy(static l => l.Objections.Count)];
        return new(
            [.. ranked.Select((c, i) => Choice(c, i + 1, asked))],
            [.. leftOut.Select(l => new EcsImageChoice(l.Image) { LeftOut = l.Objections.Select(static o => o.Text).ToArray(), Replaces = asked.Replaced?.Id })],
            [.. leftOut.Select(static l => l.Objections[0].Kind)])
        {
            Living = asked.Replaced is { System: { EndOfLife: not null } system } && !system.IsPastEnd(asked.Today) ? system : null,
        };
    }

    private static IEnumerable<Candidate> Ordered(IEnumerable<Candidate> candidates, ImageQuestion asked) => candidates
        .OrderBy(c => asked.Replaced?.IsNewerBuild(c.Image) is true ? 0 : 1)
        .ThenBy(c => asked.Replaced is { } old ? Place(old.Systems, Lifecycles.Of(c.Image)?.Name) : asked.Workload is { } workload ? Place(workload.OperatingSystems, c.System) : 0)
        .ThenBy(c => asked.Replaced is { } old ? c.Edition.DistanceFrom(old.Edition) : c.IsDemanded ? -1 : c.Edition.Special.Count)
        .ThenBy(static c => c.Image.Architecture switch { "x86_64" => 0, "arm64" => 1, _ => 2 })
        .ThenBy(static c => c.Verdict)
        .ThenByDescending(static c => c.Lifecycle?.EndOfLife ?? DateOnly.MinValue)
        .ThenByDescending(static c => c.Image.Trust)
        .ThenByDescending(static c => c.Image.CreationTime)
        .ThenBy(static c => c.Image.ImageId, StringComparer.Ordinal);

    private static int Place(IReadOnlyList<string> order, string? name)
    {
        for (var i = 0; i < order.Count; i++)
            if (order[i] == name) return i;
        return order.Count;
    }

    private static EcsImageChoice Choice(Candidate candidate, int rank, ImageQuestion asked) => new(candidate.Image)
    {
        Rank = rank,
        // An array: PowerShell finds no index in what a collection expression makes of a list.
        Reasons = ImageReasons.For(candidate, asked).ToArray(),
        Replaces = asked.Replaced?.Id,
    };
}

/// <summary>An image that nothing speaks against, with what orders it.</summary>
internal sealed record Candidate(EcsImage Image, IReadOnlyList<EcsImageCompatibility> Verdicts)
{
    public string? System { get; private init; }

    public EcsOSLifecycle? Lifecycle { get; private init; }

    public required ImageEdition Edition { get; init; }

    /// <summary>Whether it was made for types like those that are asked for, and starts on no others.</summary>
    public bool IsDemanded { get; private init; }

    /// <summary>The worst of the verdicts.</summary>
    public EcsCompatibilityVerdict Verdict => Verdicts.Count == 0 ? EcsCompatibilityVerdict.Compatible : Verdicts.Max(static v => v.Verdict);

    /// <summary>How many older builds of it there are.</summary>
    public int OlderBuilds { get; init; }

    public static Candidate Of(EcsImage image, IReadOnlyList<EcsImageCompatibility> verdicts, ImageQuestion asked) => new(image, verdicts)
    {
        System = Lifecycles.SystemOf(image)?.OS,
        Lifecycle = Lifecycles.Of(image),
        Edition = ImageEdition.Of(image),
        IsDemanded = asked.InstanceTypes.Count > 0 && FamilyRestrictions.DemandOf(ImageTraits.Of(image)) is not null,
    };
}

/// <summary>What came of a ranking.</summary>
/// <param name="Ranked">The best first.</param>
/// <param name="LeftOut">What was not given a rank.</param>
/// <param name="Kinds">What left each of them out first, in a few words.</param>
internal sealed record RankedImages(IReadOnlyList<EcsImageChoice> Ranked, IReadOnlyList<EcsImageChoice> LeftOut, IReadOnlyList<string> Kinds)
{
    private const int Most = 3;

    /// <summary>The operating system of what was to be replaced, if that is still supported.</summary>
    public EcsOSLifecycle? Living { get; init; }

    /// <summary>What excluded most, such as "71 another operating system, 40 past its end of life".</summary>
    public string WhatExcluded => string.Join(", ", Kinds.GroupBy(static k => k, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).Take(Most)
        .Select(static g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}")));
}
