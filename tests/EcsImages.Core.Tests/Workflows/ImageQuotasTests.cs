using EcsImages.Core.Quotas;
using EcsImages.Core.Tests.Support;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Workflows;

public sealed class ImageQuotasTests
{
    [Theory]
    [InlineData("CustomImage", "q_user-image-count")]
    [InlineData("customimage", "q_user-image-count")]
    [InlineData("q_user-per-image-shared-user-count", "q_user-per-image-shared-user-count")]
    [InlineData("q_security-groups", "q_security-groups")]
    [InlineData("Images", null)]
    [InlineData("q_", null)]
    [InlineData("q_a b", null)]
    public void A_quota_goes_by_its_name_or_its_code(string text, string? code) => Assert.Equal(code, ImageQuota.Find(text)?.Code);

    [Theory]
    [InlineData(200, null)]
    [InlineData(101, null)]
    [InlineData(1000, null)]
    [InlineData(100, "QUOTA.DESIREVALUE.ILLEGAL")]
    [InlineData(1, "QUOTA.DESIREVALUE.ILLEGAL")]
    [InlineData(1001, "QUOTA.DESIREVALUE.ILLEGAL")]
    public void What_may_be_asked_for_is_above_the_total_and_within_the_range(long total, string? code) => AssertJudged(Quota(), total, code);

    [Theory]
    [InlineData(200, null)]
    [InlineData(500, null)]
    [InlineData(300, "QUOTA.DESIREVALUE.ILLEGAL")]
    public void A_discontinuous_range_lists_what_may_be_asked_for(long total, string? code) =>
        AssertJudged(Quota() with { ApplicableType = "discontinuous", ApplicableRange = [200, 500] }, total, code);

    [Theory]
    [InlineData("applicationProcess", "QUOTA.APPLICATION.PROCESS", "under way")]
    [InlineData("limitReached", "QUOTA.NOT.ADJUSTABLE", "the most that there can be")]
    [InlineData("supportTicketRequired", "QUOTA.NOT.ADJUSTABLE", "ticket")]
    [InlineData("somethingNew", "QUOTA.NOT.ADJUSTABLE", "somethingNew")]
    [InlineData(null, "QUOTA.NOT.ADJUSTABLE", "cannot be raised")]
    public void A_quota_that_cannot_be_raised_says_why(string? reason, string code, string words)
    {
        var refused = AssertJudged(Quota() with { Adjustable = false, Reason = reason }, 200, code);
        Assert.Contains(words, refused!.Message, StringComparison.Ordinal);
        Assert.Contains("CustomImage in cn-hangzhou is 100", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_range_the_service_judges() => AssertJudged(Quota() with { ApplicableRange = [] }, 5000, null);

    [Fact]
    public async Task The_services_number_for_a_limit_of_each_image_is_not_shown_as_used()
    {
        const string Reply = """{"Quota":{"TotalQuota":50,"TotalUsage":7,"QuotaUnit":"","Adjustable":true,"ApplicableRange":[51,200],"ApplicableType":"continuous"}}""";
        using var handler = new ScriptedHandler(Answer.Json(Reply), Answer.Json(Reply));
        var quotas = new ImageQuotas(TestClient.Access(handler));
        var shares = await quotas.GetAsync(ImageQuota.SharedAccountPerImage, "cn-hangzhou", CancellationToken.None);
        var images = await quotas.GetAsync(ImageQuota.CustomImage, "cn-hangzhou", CancellationToken.None);
        Assert.Equal((50, null, null, null), (shares.Total, shares.Used, shares.Left, shares.Unit));
        Assert.Equal((50, 7, 43), (images.Total, images.Used, images.Left));
    }

    private static PreconditionException? AssertJudged(EcsImageQuota quota, long total, string? code)
    {
        var refused = Record.Exception(() => ImageQuotas.CheckApplicable(quota, total)) as PreconditionException;
        Assert.Equal(code, refused?.Code);
        return refused;
    }

    private static EcsImageQuota Quota() => new()
    {
        Name = "CustomImage",
        QuotaActionCode = "q_user-image-count",
        RegionId = "cn-hangzhou",
        Total = 100,
        Used = 40,
        Adjustable = true,
        ApplicableType = "continuous",
        ApplicableRange = [101, 1000],
        ContextAccountId = TestClient.Account,
    };
}
