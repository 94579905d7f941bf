using System.Globalization;
using EcsImages.Core.Quotas;

namespace EcsImages.Core.Workflows;

/// <summary>Reads quotas around images, and asks for more.</summary>
internal sealed class ImageQuotas(EcsAccess access)
{
    private const int PageSize = 100;

    /// <summary>A quota of a region.</summary>
    public async Task<EcsImageQuota> GetAsync(ImageQuota quota, string regionId, CancellationToken stop)
    {
        var reply = await access.CallAsync(QuotasApi.GetProductQuota, regionId, new GetProductQuotaRequest
        {
            ProductCode = ImageQuota.ProductCode,
            QuotaActionCode = quota.Code,
            Dimensions = QuotaDimension.Region(regionId),
        }, stop).ConfigureAwait(false);
        return Read(quota, reply.Quota ?? throw new InvalidDataException("GetProductQuota answered without a Quota."), regionId);
    }

    /// <summary>The quota of an image's shares, with the use of that image.</summary>
    /// <param name="shares">The quota of the image's region.</param>
    /// <param name="imageId">The image; one's own.</param>
    /// <param name="stop">Ends the reading.</param>
    public async Task<EcsImageQuota> OfImageAsync(EcsImageQuota shares, string imageId, CancellationToken stop)
    {
        var accounts = await new ImageChanges(access).SharesAsync(imageId, shares.RegionId, stop).ConfigureAwait(false);
        return shares with { ImageId = imageId, Used = accounts.Count };
    }

    /// <summary>The quotas of ECS in a region that a word finds, as codes with their names.</summary>
    public async Task<IReadOnlyList<(string Code, string? Name)>> FindAsync(string word, string regionId, CancellationToken stop)
    {
        var found = new List<(string, string?)>();
        await foreach (var page in EcsAccess.PagesAsync(PageAsync, stop).ConfigureAwait(false)) found.AddRange(page);
        return found;

        async Task<(IReadOnlyList<(string, string?)>, string?)> PageAsync(string? token, CancellationToken limit)
        {
            var reply = await access.CallAsync(QuotasApi.ListProductQuotas, regionId, new ListProductQuotasRequest
            {
                ProductCode = ImageQuota.ProductCode,
                KeyWord = word,
                Dimensions = QuotaDimension.Region(regionId),
                MaxResults = PageSize,
                NextToken = token,
            }, limit).ConfigureAwait(false);
            return ([.. reply.Quotas.Where(static q => q?.QuotaActionCode is not null).Select(static q => (q!.QuotaActionCode!, Wire.NotEmpty(q.QuotaName)))], reply.NextToken);
        }
    }

    /// <summary>What the service would refuse in an application is told before.</summary>
    /// <exception cref="PreconditionException">With the code that the service has for it.</exception>
    public static void CheckApplicable(EcsImageQuota quota, long total)
    {
        var which = $"The quota {quota.Name} in {quota.RegionId} is {Text(quota.Total)}";
        if (quota.Reason is "applicationProcess")
            throw new PreconditionException("QUOTA.APPLICATION.PROCESS", $"{which}, and an application for more is under way already.");
        if (!quota.Adjustable) throw new PreconditionException("QUOTA.NOT.ADJUSTABLE", $"{which}, and {WhyNot(quota.Reason)}");
        if (total <= quota.Total) throw new PreconditionException("QUOTA.DESIREVALUE.ILLEGAL", $"{which} already; {Text(total)} is not more.");
        var range = quota.ApplicableRange;
        var isListed = quota.ApplicableType is "discontinuous";
        if (range.Count == 0 || (isListed ? range.Contains(total) : total >= range[0] && total <= range[^1])) return;
        throw new PreconditionException("QUOTA.DESIREVALUE.ILLEGAL", isListed
            ? $"{which}; one may ask for {string.Join(", ", range.Select(static v => Text(v)))}, not for {Text(total)}."
            : $"{which}; one may ask for {Text(range[0])} to {Text(range[^1])}, not for {Text(total)}.");
    }

    /// <summary>Asks for more. The decision comes later, unless the reply holds it already.</summary>
    public async Task<EcsQuotaApplication> ApplyAsync(ImageQuota quota, long? previous, long total, string reason, string regionId, CancellationToken stop)
    {
        var reply = await access.CallAsync(QuotasApi.CreateQuotaApplication, regionId, new CreateQuotaApplicationRequest
        {
            ProductCode = ImageQuota.ProductCode,
            QuotaActionCode = quota.Code,
            DesireValue = total,
            Reason = reason,
            Dimensions = QuotaDimension.Region(regionId),
            EnvLanguage = "en",
        }, stop).ConfigureAwait(false);
        return new EcsQuotaApplication
        {
            ApplicationId = reply.ApplicationId ?? throw new InvalidDataException("CreateQuotaApplication answered without an ApplicationId."),
            Name = quota.Name,
            QuotaActionCode = quota.Code,
            RegionId = regionId,
            Status = reply.Status,
            Previous = previous,
            Requested = total,
            Approved = reply.Status is "Agree" ? Whole(reply.ApproveValue) ?? total : null,
            Reason = reason,
            AuditReason = Wire.NotEmpty(reply.AuditReason),
            ApplyTime = Wire.Time(reply.ApplyTime),
            ContextAccountId = access.AccountId,
        };
    }

    private EcsImageQuota Read(ImageQuota quota, QuotaReply reply, string regionId) => new()
    {
        Name = quota.Name,
        QuotaActionCode = quota.Code,
        Description = Wire.NotEmpty(reply.QuotaDescription) ?? Wire.NotEmpty(reply.QuotaName),
        RegionId = regionId,
        Total = Whole(reply.TotalQuota),
        // The service's number for a limit of each image is not the use of any image in particular.
        Used = quota.IsPerImage || reply.Consumable is false ? null : Whole(reply.TotalUsage),
        Unit = Wire.NotEmpty(reply.QuotaUnit),
        Adjustable = reply.Adjustable ?? false,
        // An array: PowerShell indexes no other read-only list.
        ApplicableRange = reply.ApplicableRange.Select(static v => Whole(v)).OfType<long>().ToArray(),
        ApplicableType = Wire.NotEmpty(reply.ApplicableType),
        Reason = Wire.NotEmpty(reply.UnadjustableDetail),
        ContextAccountId = access.AccountId,
    };

    private static string WhyNot(string? reason) => reason switch
    {
        "limitReached" => "that is the most that there can be.",
        "supportTicketRequired" => "only Alibaba Cloud's support can raise it: submit a ticket.",
        "nonactivated" => "the service is not activated for this account.",
        null => "it cannot be raised.",
        _ => $"it cannot be raised now ({reason}).",
    };

    // Counts travel as floating-point numbers.
    private static long? Whole(double? number) => number is { } n && double.IsFinite(n) ? (long)Math.Clamp(n, long.MinValue / 2, long.MaxValue / 2) : null;

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
}
