using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>A rule of which images start on which types. The embedded endpoint refuses by the same ones.</summary>
/// <remarks>Finding is cheap and makes no texts, so that a whole catalog can be sifted; texts are made for whoever reads them.</remarks>
internal abstract class LaunchRule(string id)
{
    public string Id => id;

    public abstract EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type);

    /// <summary>What follows if it does not hold for these two.</summary>
    public virtual EcsCompatibilitySeverity SeverityOf(in ImageTraits image, in TypeTraits type) => Blocks;

    /// <summary>Why, as a sentence.</summary>
    public abstract string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type);

    /// <summary>A line to run when it does not hold.</summary>
    protected virtual string? Remedy(EcsImage image, EcsInstanceType type) => CommandLine.TypesFor(image);

    public bool Refuses(in ImageTraits image, in TypeTraits type) => Find(image, type) is Violated && SeverityOf(image, type) is Blocks;

    public EcsCompatibilityRule Judge(EcsImage image, EcsInstanceType type)
    {
        var (i, t) = (ImageTraits.Of(image), TypeTraits.Of(type));
        var finding = Find(i, t);
        var severity = SeverityOf(i, t);
        return new()
        {
            Id = id,
            // What nobody can tell does not block.
            Severity = finding is Unknown && severity is Blocks ? Warns : severity,
            Finding = finding,
            Reason = Reason(finding, i, t),
            Remedy = finding is Violated ? Remedy(image, type) : null,
        };
    }
}
