namespace EcsImages.Core.Images;

/// <summary>How far images can be trusted, by their kind. Source: ECS "Image overview" (rules 1 to 5).</summary>
internal static class Trusts
{
    public static EcsImageTrust? Of(EcsImageType? type) => type switch
    {
        EcsImageType.Public => EcsImageTrust.Highest,
        EcsImageType.Custom => EcsImageTrust.High,
        EcsImageType.Marketplace => EcsImageTrust.MediumToHigh,
        EcsImageType.Shared => EcsImageTrust.Medium,
        EcsImageType.Community => EcsImageTrust.Lowest,
        _ => null,
    };
}
