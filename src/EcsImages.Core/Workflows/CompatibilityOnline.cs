using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Workflows;

/// <summary>Asks the service what the rules were asked, and says where the two differ. Nothing is launched.</summary>
internal sealed class CompatibilityOnline(EcsAccess access)
{
    /// <summary>The rule that says what the service says.</summary>
    public const string Rule = "Service";

    private const string Passes = "DryRunOperation";

    private readonly Dictionary<(string Region, string ImageId), (IReadOnlySet<string>? Types, string? Note)> _supported = [];

    /// <summary>The judgement with the service's own beside it. Where the service refuses, it is Incompatible; where only a rule refuses, it stays so.</summary>
    public async Task<EcsImageCompatibility> AskAsync(
        EcsImageCompatibility judged, CompatibilityQuestion question, LaunchPlace place, CancellationToken stop)
    {
        var (types, note) = await SupportedAsync(judged.ImageId, judged.RegionId, stop).ConfigureAwait(false);
        bool? supported = types?.Contains(judged.InstanceType);
        var (passes, code, said) = await DryRunAsync(judged, question, place, stop).ConfigureAwait(false);

        var pairs = judged.Rules.Where(static r => r.Blocks && LaunchRules.All.Any(l => l.Id == r.Id)).ToArray();
        var listRefuses = supported is false && pairs.Length == 0;
        var listAllows = supported is true && pairs.Length > 0;
        var weRefuse = judged.Verdict is EcsCompatibilityVerdict.Incompatible;
        var runRefuses = passes is false && !weRefuse;
        var runAllows = passes is true && weRefuse;
        var words = string.Join(' ', new[]
        {
            supported switch { true => "The service lists the type for the image.", false => "The service does not list the type for the image.", null => note },
            said,
            listAllows || runAllows ? $"The rule {judged.Problems[0].Id} is against it all the same." : listRefuses || runRefuses ? "No rule of this module is against it." : null,
        }.Where(static w => w is not null));
        var rule = new EcsCompatibilityRule
        {
            Id = Rule,
            Severity = listRefuses || runRefuses ? Blocks : supported is null && passes is null ? Informs : Warns,
            Finding = listRefuses || runRefuses || listAllows || runAllows ? Violated : supported is null && passes is null ? Unknown : Passed,
            Reason = words,
        };
        IReadOnlyList<EcsCompatibilityRule> rules = [.. judged.Rules, rule];
        return judged with
        {
            Rules = rules,
            Verdict = CompatibilityRules.VerdictOf(rules),
            Online = new()
            {
                Supported = supported,
                DryRunPasses = passes,
                DryRunCode = code,
                Disagrees = rule.Finding is Violated,
                Note = words,
            },
        };
    }

    // Once an image: the list is the same for all types.
    private async Task<(IReadOnlySet<string>?, string?)> SupportedAsync(string imageId, string regionId, CancellationToken stop)
    {
        var key = (regionId, imageId);
        if (_supported.TryGetValue(key, out var known)) return known;
        try
        {
            known = (await new MachineQueries(access).SupportedTypesAsync(imageId, regionId, stop).ConfigureAwait(false), null);
        }
        catch (AcsException e) when (e.Code == "InvalidImageId.NotFound")
        {
            // The image is in another region; a launch in this one is refused, which the dry run shows.
            known = (null, $"The service knows no such image in {regionId}.");
        }
        catch (AcsException e) when (IsForbidden(e))
        {
            known = (null, $"The list of types was not asked for: the account may not call {e.Action} ({e.Code}).");
        }
        return _supported[key] = known;
    }

    private async Task<(bool? Passes, string Code, string Said)> DryRunAsync(
        EcsImageCompatibility judged, CompatibilityQuestion question, LaunchPlace place, CancellationToken stop)
    {
        try
        {
            await access.CallAsync(EcsApi.RunInstances, judged.RegionId, new RunInstancesRequest
            {
                RegionId = judged.RegionId,
                ImageId = judged.ImageId,
                InstanceType = judged.InstanceType,
                VSwitchId = place.VSwitchId,
                SecurityGroupId = place.SecurityGroupId,
                SystemDisk = question is { SystemDiskSizeGiB: null, SystemDiskCategory: null, PerformanceLevel: null } ? null : new()
                {
                    Size = question.SystemDiskSizeGiB?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Category = question.SystemDiskCategory,
                    PerformanceLevel = question.PerformanceLevel,
                },
                DryRun = true,
            }, stop).ConfigureAwait(false);
            // A dry run always ends in an error; an answer would be a service that ignores DryRun.
            return (null, "", "The dry run of a launch ended as no dry run does.");
        }
        catch (AcsException e) when (e.Code == Passes)
        {
            return (true, e.Code, "A dry run of a launch passes.");
        }
        catch (AcsException e) when (IsForbidden(e))
        {
            return (null, e.Code, $"A launch was not tried: the account may not call {e.Action} ({e.Code}).");
        }
        catch (AcsException e) when (LaunchRefusals.IsAboutImageOrType(e.Code))
        {
            return (false, e.Code, $"A dry run of a launch is refused: {e.Message.TrimEnd('.')} ({e.Code}).");
        }
        catch (AcsException e) when (e is { HttpStatus: >= 400 and < 500, IsThrottling: false })
        {
            return (null, e.Code, $"A dry run of a launch ended for a reason that is not about image and type: {e.Message.TrimEnd('.')} ({e.Code}).");
        }
    }

    private static bool IsForbidden(AcsException e) =>
        e.Code.StartsWith("Forbidden", StringComparison.Ordinal) || e.Code.StartsWith("Forbbiden", StringComparison.Ordinal) || e.Code.StartsWith("NoPermission", StringComparison.Ordinal);
}
