using EcsImages.PowerShell.Tests.Building;

namespace EcsImages.PowerShell.Tests;

/// <summary>Tab against a service that takes longer than a prompt may wait.</summary>
public sealed class SlowCompletionTests
{
    [Theory]
    [InlineData("Get-EcsImage image-1", "m-1")]
    [InlineData("Remove-EcsImage image-1", "m-1")]
    [InlineData("Get-EcsImage -Family own-", "own-family")]
    [InlineData("Get-EcsImage -Platform Ub", "Ubuntu")]
    public void What_a_slow_service_answers_is_there_on_a_later_Tab_and_is_not_asked_for_again(string typed, string expected)
    {
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var service = new FakeService(r => Images(r, 2) with { After = answers.Task });
        using var shell = FaultTests.Connect(service);
        Assert.Empty(shell.Complete(typed));
        Assert.Empty(shell.Complete(typed));
        answers.SetResult();
        Assert.Contains(expected, shell.CompleteLater(typed));
        Assert.Equal(service.Requests.Count, service.Requests.Select(static r => (r.Query("ImageOwnerAlias"), r.Query("IsPublic"))).Distinct().Count());
        Assert.Contains(expected, shell.Complete(typed));
        Assert.Equal(service.Requests.Count, service.Requests.Select(static r => (r.Query("ImageOwnerAlias"), r.Query("IsPublic"))).Distinct().Count());
    }

    [Fact]
    public void The_kinds_of_images_are_read_side_by_side()
    {
        var asked = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var service = new FakeService(r =>
        {
            if (Interlocked.Increment(ref asked) == 3) all.SetResult();
            return Images(r, 2) with { After = all.Task };
        });
        using var shell = FaultTests.Connect(service);
        Assert.Contains("m-1", shell.CompleteLater("Get-EcsImage image-"));
    }

    [Fact]
    public void Among_more_images_than_are_read_the_service_looks_for_the_name_that_was_typed()
    {
        using var service = new FakeService(static r => Images(r, 700));
        using var shell = FaultTests.Connect(service);
        Assert.Contains("m-650", shell.CompleteLater("Remove-EcsImage image-65"));
        Assert.Equal("image-65", Assert.Single(service.Requests, static r => r.Query("ImageName") is not null).Query("ImageName"));
        // An id is looked for as a whole only.
        Assert.Empty(shell.Complete("Remove-EcsImage m-650"));
    }

    [Fact]
    public void Among_more_instance_types_than_are_read_the_service_looks_for_the_family_that_was_typed()
    {
        using var service = new FakeService(static r => FakeReply.Json(r.Query("InstanceTypeFamilies.1") is { } family
            ? $$$"""{"RequestId":"R","InstanceTypes":{"InstanceType":[{"InstanceTypeId":"{{{family}}}.large","InstanceTypeFamily":"{{{family}}}","CpuCoreCount":2,"MemorySize":8}]}}"""
            : $$$"""{"RequestId":"R","NextToken":"{{{r.Query("NextToken")}}}n","InstanceTypes":{"InstanceType":[{{{string.Join(',', Enumerable.Range(0, 100).Select(static i => $$"""{"InstanceTypeId":"ecs.a{{i}}.large"}"""))}}}]}}"""));
        using var shell = FaultTests.Connect(service);
        Assert.Equal(["ecs.zz9.large"], shell.CompleteLater("New-EcsInstance m-1 -InstanceType ecs.zz9.l"));
    }

    // Images of one's own; others there are none.
    private static FakeReply Images(FakeRequest request, int total)
    {
        if (request.Query("ImageOwnerAlias") != "self") return FakeReply.Json("""{"RequestId":"R","TotalCount":0,"Images":{"Image":[]}}""");
        var number = int.Parse(request.Query("PageNumber")!, System.Globalization.CultureInfo.InvariantCulture);
        var part = request.Query("ImageName");
        var found = Enumerable.Range(0, total).Where(i => part is null || $"image-{i}".Contains(part, StringComparison.Ordinal)).ToArray();
        var rows = found.Skip((number - 1) * 100).Take(100).Select(static i =>
            $$"""{"ImageId":"m-{{i}}","ImageName":"image-{{i}}","ImageFamily":"own-family","Platform":"Ubuntu","Status":"Available","ImageOwnerAlias":"self","Size":40}""");
        return FakeReply.Json($$$"""{"TotalCount":{{{found.Length}}},"PageNumber":{{{number}}},"PageSize":100,"RequestId":"R","Images":{"Image":[{{{string.Join(',', rows)}}}]}}""");
    }
}
