using System.Text;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Tests.Support;
using static EcsImages.Core.Tests.Support.TestClient;

namespace EcsImages.Core.Tests.Acs;

public sealed class UnreadableReplyTests
{
    [Theory]
    [InlineData(200, "", "The answer is empty (HTTP 200 OK)")]
    [InlineData(502, "<html><h1>Bad Gateway</h1></html>", "(HTTP 502 BadGateway); perhaps a proxy answered. It begins: <html><h1>Bad Gateway</h1></html>")]
    [InlineData(407, "Log in\nfirst", "It begins: Log in first")]
    [InlineData(200, "[1,2]", "It begins: [1,2]")]
    [InlineData(200, "null", "It begins: null")]
    [InlineData(200, """{"TotalCount":{"a":1}}""", "It begins: {")]
    [InlineData(200, """{"Images":[]}""", "It begins: {")]
    [InlineData(200, """{"TotalCount":99999999999}""", "It begins: {")]
    [InlineData(200, """{"RequestId":"R" """, "It begins: {")]
    [InlineData(200, """{"RequestId":"\ud800"}""", "It begins: {")]
    [InlineData(400, """{"Code":5}""", "It begins: {")]
    [InlineData(400, """{"RequestId":"R"}""", "It begins: {")]
    [InlineData(500, "", "The answer is empty (HTTP 500 InternalServerError)")]
    public async Task What_is_not_the_APIs_JSON_is_shown_with_its_status(int status, string body, string expected)
    {
        var error = await FailAsync(Answer.Json(body, status));
        Assert.Equal((AcsErrorCodes.ReplyUnreadable, (int?)status), (error.Code, error.HttpStatus));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_characters_are_shown_and_no_more()
    {
        var error = await FailAsync(Answer.Json(new string('镜', 199) + "😀é" + new string('b', 1000), 502));
        Assert.EndsWith("It begins: " + new string('镜', 199) + "😀"[..1], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_answer_never_passes_for_a_whole_one()
    {
        var body = Encoding.UTF8.GetBytes("""{"RequestId":"R","TotalCount":0}""");
        var error = await FailAsync(Answer.Bytes(body, 200, ("Content-Length", "1000")));
        Assert.Equal(AcsErrorCodes.ConnectionFailed, error.Code);
        Assert.Contains($"{body.Length} of 1000 bytes arrived", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":"Forbidden.RAM","message":"Not allowed.","requestId":"R1"}""")]
    [InlineData("""{"Code":"Forbidden.RAM","Message":"Not allowed.","RequestId":"R1"}""")]
    [InlineData("""{"Code":"Forbidden.RAM","Message":"Not allowed.","RequestId":"R1","HostId":"h","Recommend":"u","More":[{"a":null}]}""")]
    public async Task Errors_are_read_in_either_case(string body)
    {
        var error = await FailAsync(Answer.Json(body, 403));
        Assert.Equal(("Forbidden.RAM", "Not allowed.", "R1"), (error.Code, error.Message, error.RequestId));
    }

    [Fact]
    public async Task An_error_without_a_message_says_its_code()
    {
        var error = await FailAsync(Answer.Json("""{"Code":"Odd"}""", 400, ("x-acs-request-id", "R9")));
        Assert.Equal(("Odd", "R9"), (error.Message, error.RequestId));
    }

    [Theory]
    [InlineData("Sun, 15 Jun 2025 12:20:00 GMT", "20 minutes behind the server's")]
    [InlineData("Sun, 15 Jun 2025 11:30:00 GMT", "30 minutes ahead of the server's")]
    public async Task A_wrong_clock_is_named_by_how_much_it_is_wrong(string date, string expected)
    {
        var error = await FailAsync(Answer.Error(400, "InvalidTimeStamp.Expired", "Expired.", ("Date", date)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_right_is_not_blamed()
    {
        var error = await FailAsync(Answer.Error(400, "InvalidTimeStamp.Expired", "Expired.", ("Date", "Sun, 15 Jun 2025 12:00:30 GMT")));
        Assert.Equal("Expired.", error.Message);
    }

    private static Task<AcsException> FailAsync(Step answer) => Assert.ThrowsAsync<AcsException>(
        () => Over(ScriptedHandler.Always(answer)).CallAsync(EcsApi.DescribeImages, Region, new() { RegionId = Region }, default));
}
