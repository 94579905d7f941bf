using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Quotas;

/// <summary>The operations of Quota Center that the module calls.</summary>
internal static class QuotasApi
{
    private static QuotasJson Json => QuotasJson.Default;

    public static AcsOperation<ListProductQuotasRequest, ListProductQuotasReply> ListProductQuotas { get; } =
        new(AcsProduct.Quotas, nameof(ListProductQuotas), Repeat.Read, Json.ListProductQuotasRequest, Json.ListProductQuotasReply);

    public static AcsOperation<GetProductQuotaRequest, GetProductQuotaReply> GetProductQuota { get; } =
        new(AcsProduct.Quotas, nameof(GetProductQuota), Repeat.Read, Json.GetProductQuotaRequest, Json.GetProductQuotaReply);

    // It has no ClientToken: sent again, it would be refused as a second application for the same quota.
    public static AcsOperation<CreateQuotaApplicationRequest, CreateQuotaApplicationReply> CreateQuotaApplication { get; } =
        new(AcsProduct.Quotas, nameof(CreateQuotaApplication), Repeat.Never, Json.CreateQuotaApplicationRequest, Json.CreateQuotaApplicationReply);
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ListProductQuotasRequest))]
[JsonSerializable(typeof(ListProductQuotasReply))]
[JsonSerializable(typeof(GetProductQuotaRequest))]
[JsonSerializable(typeof(GetProductQuotaReply))]
[JsonSerializable(typeof(CreateQuotaApplicationRequest))]
[JsonSerializable(typeof(CreateQuotaApplicationReply))]
internal sealed partial class QuotasJson : JsonSerializerContext;
