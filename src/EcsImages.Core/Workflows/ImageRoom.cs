using EcsImages.Core.Acs;
using EcsImages.Core.Quotas;

namespace EcsImages.Core.Workflows;

/// <summary>Whether there is room for one more custom image: asked once for a region, then counted down as images are made.</summary>
/// <remarks>
/// It lives as long as the run of a cmdlet. Where the quota cannot be read, the service is left to judge: whoever may
/// create images need not be allowed to read quotas, nor have a way to Quota Center.
/// </remarks>
/// <param name="note">Hears why the quota was not looked at.</param>
internal sealed class ImageRoom(Action<string> note)
{
    // A host inside a VPC may have no way to Quota Center, and should not wait through all the retries to learn that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A refusal by an older number is asked for again: somebody may have deleted images in the meantime.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(string Account, string RegionId), Known> _known = [];

    /// <summary>Throws where the service would refuse another image for want of quota.</summary>
    /// <exception cref="PreconditionException">QuotaExceed.Image, as CreateImage and CopyImage have it.</exception>
    public async Task NeedAsync(EcsAccess access, string regionId, CancellationToken stop)
    {
        var key = (access.AccountId, regionId);
        if (!_known.TryGetValue(key, out var known) || (known.IsFull && access.Client.Clock.GetElapsedTime(known.ReadAt) > Fresh))
            _known[key] = known = await ReadAsync(access, regionId, stop).ConfigureAwait(false);
        if (known.IsFull)
            throw new PreconditionException("QuotaExceed.Image",
                $"There are {known.Used + known.Made} custom images in {regionId}, and {known.Total} are allowed. "
                + $"Delete some, or ask for more: Request-EcsImageQuota CustomImage -RegionId {regionId} -Total <number> -Reason '<why>'");
    }

    /// <summary>Counts an image that was made.</summary>
    public void Take(EcsAccess access, string regionId)
    {
        var key = (access.AccountId, regionId);
        if (_known.TryGetValue(key, out var known)) _known[key] = known with { Made = known.Made + 1 };
    }

    private async Task<Known> ReadAsync(EcsAccess access, string regionId, CancellationToken stop)
    {
        var clock = access.Client.Clock;
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        EcsImageQuota? quota = null;
        try
        {
            quota = await new ImageQuotas(access).GetAsync(ImageQuota.CustomImage, regionId, limit.Token).ConfigureAwait(false);
            if (quota.Left is null) note($"The quota of custom images in {regionId} says nothing of its use; the service judges.");
        }
        catch (Exception e) when (e is AcsException or InvalidDataException)
        {
            note($"The quota of custom images in {regionId} cannot be read ({(e as AcsException)?.Code ?? e.Message}); the service judges. Reading it needs the permission {QuotasApi.GetProductQuota.Action}.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            note($"Quota Center did not answer within {Patience.TotalSeconds:0} s; the service judges whether {regionId} has room for another image.");
        }
        return new Known(quota?.Total, quota?.Used, 0, clock.GetTimestamp());
    }

    private sealed record Known(long? Total, long? Used, long Made, long ReadAt)
    {
        public bool IsFull => Used + Made >= Total;
    }
}
