using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.Core.Images;
using EcsImages.Core.Tests.Support;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Workflows;

public sealed class ImageListingTests
{
    private static readonly ImageFilter Own = new() { ImageTypes = [EcsImageType.Custom] };

    [Fact]
    public async Task All_250_images_come_in_pages_of_at_most_100()
    {
        var handler = ScriptedHandler.Always(Page);
        var pages = new List<int>();
        var ids = new List<string>();
        await foreach (var page in List(handler))
        {
            pages.Add(page.Count);
            ids.AddRange(page.Select(static i => i.ImageId));
        }
        Assert.Equal([100, 100, 50], pages);
        Assert.Equal(Enumerable.Range(0, 250).Select(static i => $"m-{i}"), ids);
        Assert.Equal(["1", "2", "3"], handler.Sent.Select(static s => s.Parameters["PageNumber"]));
        Assert.All(handler.Sent, static s => Assert.Equal("self", s.Parameters["ImageOwnerAlias"]));
    }

    [Fact]
    public async Task Who_stops_early_ends_the_page_that_is_under_way()
    {
        var ended = new TaskCompletionSource();
        var handler = new ScriptedHandler(Page, async (_, stop) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
                throw new InvalidOperationException("Nobody stopped.");
            }
            finally
            {
                ended.SetResult();
            }
        });
        await foreach (var page in List(handler)) break;
        Assert.True(ended.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_page_that_fails_in_the_middle_is_an_error_and_never_a_short_list()
    {
        var seen = 0;
        var error = await Assert.ThrowsAsync<AcsException>(async () =>
        {
            await foreach (var page in List(new ScriptedHandler(Page, Answer.Error(403, "Forbidden.RAM")))) seen += page.Count;
        });
        Assert.Equal(("Forbidden.RAM", 100), (error.Code, seen));
    }

    [Fact]
    public void The_token_of_a_part_is_stable_distinct_and_short_enough()
    {
        Assert.Equal(ClientTokens.For("night-1", "cn-beijing"), ClientTokens.For("night-1", "cn-beijing"));
        Assert.NotEqual(ClientTokens.For("night-1", "cn-beijing"), ClientTokens.For("night-1", "cn-shanghai"));
        Assert.NotEqual(ClientTokens.For(null, "cn-beijing"), ClientTokens.For(null, "cn-beijing"));
        Assert.Matches("^[0-9a-f]{64}$", ClientTokens.For("night-1", new string('x', 500)));
    }

    private static IAsyncEnumerable<IReadOnlyList<EcsImage>> List(ScriptedHandler handler) =>
        new ImageQueries(TestClient.Access(handler)).ListAsync(Own, TestClient.Region, default);

    private static Task<HttpResponseMessage> Page(SentRequest request, CancellationToken stop)
    {
        var first = (int.Parse(request.Parameters["PageNumber"], CultureInfo.InvariantCulture) - 1) * 100;
        var rows = Enumerable.Range(first, Math.Min(100, 250 - first)).Select(static i => $$"""{"ImageId":"m-{{i}}"}""");
        return Answer.Json($$$"""{"TotalCount":250,"Images":{"Image":[{{{string.Join(',', rows)}}}]}}""")(request, stop);
    }
}
