using EcsImages.Local.Ecs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Quotas;

/// <summary>A quota that the endpoint keeps.</summary>
/// <param name="Code">Its QuotaActionCode.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it limits.</param>
/// <param name="Usual">What an account has that never asked for more.</param>
/// <param name="Most">The most that one may ask for; a choice of the endpoint.</param>
/// <param name="IsConsumed">Whether it is used up in a region; else it limits each image by itself.</param>
internal sealed record Quota(string Code, string Name, string Description, int Usual, int Most, bool IsConsumed)
{
    /// <summary>Quota Center's name for ECS.</summary>
    public const string ProductCode = "ecs";

    public static Quota Images { get; } = new("q_user-image-count", "Maximum number of custom images",
        "The maximum number of custom images that an account can have in a region.", 100, 1000, true);

    public static Quota SharedAccounts { get; } = new("q_user-per-image-shared-user-count", "Maximum number of accounts that an image is shared with",
        "The maximum number of accounts that one custom image can be shared with.", 50, 200, false);

    public static IReadOnlyList<Quota> All { get; } = [Images, SharedAccounts];

    /// <summary>What holds now.</summary>
    public int Total(Session store, string account, string region) => QuotaApplications.Granted(store, account, region, this) ?? Usual;

    /// <summary>How much of it is used: images; or the accounts of that image which has most of them.</summary>
    public int Usage(Session store, string account, string region) =>
        this == Images ? ImageQuota.Count(store, account, region) : ImageShares.MostOfAny(store, account, region);
}
