using EcsImages.Core.Machines;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>The types nearest to one that an image does not start on.</summary>
internal static class TypeSuggestions
{
    // A doubling of cores or memory weighs as much as leaving family, or its kind and its generation.
    private const double OtherFamily = 0.5;
    private const double OtherKind = 0.75;
    private const double OtherGeneration = 0.05;
    private const double OtherSort = 4;

    /// <summary>The nearest types that the image starts on, the nearest first.</summary>
    /// <param name="image">The image.</param>
    /// <param name="wanted">The type that it does not start on.</param>
    /// <param name="offered">The types of the region.</param>
    /// <param name="question">What else is asked for; a suggestion meets it too.</param>
    /// <param name="most">How many are wanted.</param>
    public static IReadOnlyList<EcsInstanceTypeSuggestion> For(
        EcsImage image, EcsInstanceType wanted, IEnumerable<EcsInstanceType> offered, CompatibilityQuestion question, int most)
    {
        var traits = ImageTraits.Of(image);
        var family = InstanceTypeFamily.Parse(wanted.InstanceTypeFamily);
        return
        [
            .. offered.Where(t => t.InstanceType != wanted.InstanceType && LaunchRules.RefusalOf(traits, TypeTraits.Of(t)) is null)
                .Select(t => (Type: t, Family: InstanceTypeFamily.Parse(t.InstanceTypeFamily)))
                .Select(t => (t.Type, t.Family, Distance: Distance(wanted, family, t.Type, t.Family)))
                // A newer generation of the same distance is the better one.
                .OrderBy(static t => t.Distance).ThenByDescending(static t => t.Family.Generation).ThenBy(static t => t.Type.InstanceType, StringComparer.Ordinal)
                .Select(t => (t.Type, t.Family, t.Distance, CompatibilityRules.Judge(image, t.Type, question).Verdict))
                .Where(static t => t.Verdict is not EcsCompatibilityVerdict.Incompatible)
                .Take(most)
                .Select(t => new EcsInstanceTypeSuggestion
                {
                    InstanceType = t.Type.InstanceType,
                    CpuCoreCount = t.Type.CpuCoreCount,
                    MemoryGiB = t.Type.MemoryGiB,
                    Distance = Math.Round(t.Distance, 2),
                    Verdict = t.Verdict,
                    Reason = Words(wanted, family, t.Type, t.Family),
                }),
        ];
    }

    internal static double Distance(EcsInstanceType wanted, in InstanceTypeFamily from, EcsInstanceType type, in InstanceTypeFamily to)
    {
        var distance = Doublings(wanted.CpuCoreCount, type.CpuCoreCount) + Doublings(wanted.MemoryGiB, type.MemoryGiB);
        if (wanted.InstanceTypeFamily != type.InstanceTypeFamily)
            distance += OtherFamily + (from.Kind == to.Kind ? 0 : OtherKind) + OtherGeneration * Math.Abs((from.Generation ?? 0) - (to.Generation ?? 0));
        // A GPU, or hardware of one's own, is paid for; nobody wants either for want of it.
        if (wanted.GpuCount > 0 != type.GpuCount > 0) distance += OtherSort;
        if (from.IsBareMetal != to.IsBareMetal) distance += OtherSort;
        return distance;
    }

    // A size that the service did not say is as far as can be, and still comparable.
    private static double Doublings(double? a, double? b) => a > 0 && b > 0 ? Math.Abs(Math.Log2(a.Value / b.Value)) : OtherSort;

    private static string Words(EcsInstanceType wanted, in InstanceTypeFamily from, EcsInstanceType type, in InstanceTypeFamily to)
    {
        var family = wanted.InstanceTypeFamily == type.InstanceTypeFamily ? "same family"
            : from.Kind == to.Kind ? from.Generation == to.Generation ? "same kind and generation" : $"same kind, generation {to.Generation}"
            : from.Generation == to.Generation ? "same generation" : $"family {type.InstanceTypeFamily}";
        var cores = wanted.CpuCoreCount == type.CpuCoreCount ? "same vCPUs" : $"{type.CpuCoreCount} vCPUs";
        var memory = wanted.MemoryGiB == type.MemoryGiB ? "same memory" : TypeTraits.Of(type).Memory;
        return $"{family}, {cores}, {memory}";
    }
}
