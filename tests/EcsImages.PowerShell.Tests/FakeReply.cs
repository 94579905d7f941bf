using System.Globalization;

namespace EcsImages.PowerShell.Tests;

/// <summary>What is sent back, and how it goes wrong.</summary>
internal sealed record FakeReply(int Status, string Body, string Headers = "")
{
    // The service may ask for a pause, in milliseconds; this one keeps the tests fast.
    private const string SoonAgain = "x-acs-retry-after: 1\r\n";

    /// <summary>How many bytes of the body do not come.</summary>
    public int Withheld { get; init; }

    /// <summary>The connection is torn down rather than closed.</summary>
    public bool IsReset { get; init; }

    /// <summary>It does not come before this is done.</summary>
    public Task? After { get; init; }

    /// <summary>Nothing comes at all.</summary>
    public bool IsSilent { get; init; }

    public static FakeReply Silence { get; } = new(200, "") { IsSilent = true };

    public static FakeReply Json(string body) => new(200, body);

    public static FakeReply Html(int status) => new(status, "<html><body>Bad gateway: proxy-7 is down</body></html>", SoonAgain);

    public static FakeReply Cut(string body) => new(200, body, SoonAgain);

    public static FakeReply Error(int status, string code, string message, string headers = SoonAgain) =>
        new(status, $$"""{"RequestId":"R-1","HostId":"ecs","Code":"{{code}}","Message":"{{message}}"}""", headers);

    /// <summary>A page of images whose names tell where they stand.</summary>
    public static FakeReply Page(FakeRequest request, int total)
    {
        var number = int.Parse(request.Query("PageNumber")!, CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, total).Skip((number - 1) * 100).Take(100)
            .Select(i => $$"""{"ImageId":"m-{{i}}","ImageName":"image-{{i}}","Status":"Available","ImageOwnerAlias":"self","Size":40}""");
        return Json($$$"""{"TotalCount":{{{total}}},"PageNumber":{{{number}}},"PageSize":100,"RequestId":"R-2","Images":{"Image":[{{{string.Join(',', rows)}}}]}}""");
    }
}
