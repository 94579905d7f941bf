using EcsImages.Core.Machines;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>Judges an image and an instance type by all rules. Pure: what it is handed decides.</summary>
internal static class CompatibilityRules
{
    public static EcsImageCompatibility Judge(EcsImage image, EcsInstanceType type, CompatibilityQuestion question)
    {
        var region = question.RegionId ?? type.RegionId;
        var (imageTraits, typeTraits) = (ImageTraits.Of(image), TypeTraits.Of(type));
        IReadOnlyList<EcsCompatibilityRule> rules =
        [
            StatusRule.Judge(image),
            RegionRule.Judge(image, type, region),
            SubscriptionRule.Judge(image),
            .. LaunchRules.All.Select(rule => rule.Judge(image, type)),
            .. SystemDiskRule.Judge(image, type, question),
            EncryptionRule.Judge(image),
            LoginRule.Judge(image),
            EndOfLifeRule.Judge(image, question.Today),
            FeeRule.Judge(image),
        ];
        return new()
        {
            ImageId = image.ImageId,
            ImageName = image.Name,
            InstanceType = type.InstanceType,
            Verdict = VerdictOf(rules),
            ResultingBootMode = LaunchRules.RefusalOf(imageTraits, typeTraits) is null ? BootModeRule.Resulting(imageTraits, typeTraits) : null,
            Rules = rules,
            RegionId = region,
            ContextAccountId = image.ContextAccountId,
        };
    }

    /// <summary>The worst of the rules decides.</summary>
    public static EcsCompatibilityVerdict VerdictOf(IEnumerable<EcsCompatibilityRule> rules)
    {
        var verdict = EcsCompatibilityVerdict.Compatible;
        foreach (var rule in rules)
        {
            if (rule.Blocks) return EcsCompatibilityVerdict.Incompatible;
            if (rule.Warns) verdict = EcsCompatibilityVerdict.CompatibleWithWarnings;
        }
        return verdict;
    }
}
