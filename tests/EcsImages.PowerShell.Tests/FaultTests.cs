using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class FaultTests
{
    private const string Secret = "kR7-secret-of-the-tests-Zq2";
    private const string List = "Get-EcsImage -ImageType Custom";

    [Fact]
    public void A_proxy_that_answers_in_HTML_is_named_with_its_words()
    {
        using var service = new FakeService(static _ => FakeReply.Html(502));
        using var shell = Connect(service);
        var error = shell.Error(List);
        Assert.Equal(("ReplyUnreadable", ErrorCategory.InvalidData), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("502", error.Text(), StringComparison.Ordinal);
        Assert.Contains("proxy-7 is down", error.Text(), StringComparison.Ordinal);
        Assert.Contains("proxy", error.Advice(), StringComparison.Ordinal);
        Assert.Equal("cn-hangzhou", error.TargetObject);
    }

    [Fact]
    public void A_page_that_was_reset_in_its_middle_is_asked_for_again_and_nothing_is_lost_or_doubled()
    {
        var broken = 0;
        using var service = new FakeService(r => r.Query("PageNumber") == "2" && Interlocked.Increment(ref broken) == 1
            ? FakeReply.Page(r, 250) with { Withheld = 3000, IsReset = true } : FakeReply.Page(r, 250));
        using var shell = Connect(service);
        Assert.Equal(Enumerable.Range(0, 250).Select(static i => $"image-{i}"), shell.Texts($"{List} | ForEach-Object Name"));
        Assert.Equal(2, service.Requests.Count(static r => r.Query("PageNumber") == "2"));
    }

    [Fact]
    public void A_page_that_ends_early_is_asked_for_again()
    {
        var broken = 0;
        using var service = new FakeService(r => Interlocked.Increment(ref broken) == 1 ? FakeReply.Page(r, 50) with { Withheld = 10 } : FakeReply.Page(r, 50));
        using var shell = Connect(service);
        Assert.Equal(50, shell.Run(List).Count);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public void A_list_whose_second_page_fails_is_an_error_and_no_shorter_list()
    {
        using var service = new FakeService(static r => r.Query("PageNumber") == "1" ? FakeReply.Page(r, 250) : FakeReply.Error(403, "Forbidden.RAM", "Not allowed."));
        using var shell = Connect(service);
        var run = shell.Try(List);
        Assert.Equal(100, run.Output.Count);
        var error = Assert.Single(run.Errors);
        Assert.Equal(("Forbidden.RAM", ErrorCategory.PermissionDenied), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("ecs:DescribeImages", error.Advice(), StringComparison.Ordinal);
        Assert.Contains("RequestId R-1", error.Text(), StringComparison.Ordinal);
        Assert.Contains("Not allowed.", Assert.IsAssignableFrom<RuntimeException>(shell.Try($"$null = {List} -ErrorAction Stop").Terminating).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_that_is_cut_short_is_no_JSON_error_but_says_what_came()
    {
        using var service = new FakeService(static _ => FakeReply.Cut("""{"RequestId":"R","TotalCount":2,"Images":{"Image":[{"ImageId":"m-"""));
        using var shell = Connect(service);
        var error = shell.Error(List);
        Assert.Equal("ReplyUnreadable", error.Code());
        Assert.Contains("TotalCount", error.Text(), StringComparison.Ordinal);
        Assert.Contains("8 attempts", error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Throttling_is_waited_out_as_the_service_asks_and_Verbose_tells_it()
    {
        var asked = 0;
        using var service = new FakeService(r => Interlocked.Increment(ref asked) < 3 ? FakeReply.Error(400, "Throttling.User", "Too fast.") : FakeReply.Page(r, 1));
        using var shell = Connect(service);
        var run = shell.Try($"{List} -Verbose");
        Assert.Single(run.Output);
        Assert.Equal(2, run.Verbose.Count(static v => v.Contains("Throttling.User; trying again in 1 ms", StringComparison.Ordinal)));
    }

    [Fact]
    public void Throttling_without_end_is_a_limit_that_was_exceeded()
    {
        using var service = new FakeService(static _ => FakeReply.Error(400, "Throttling", "Too fast."));
        using var shell = Connect(service);
        var error = shell.Error("Get-EcsImage m-1");
        Assert.Equal(("Throttling", ErrorCategory.LimitsExceeded), (error.Code(), error.CategoryInfo.Category));
    }

    [Fact]
    public void A_wrong_clock_is_told_with_its_difference_and_ends_the_whole_call()
    {
        var date = DateTimeOffset.UtcNow.AddHours(2).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        using var service = new FakeService(_ => FakeReply.Error(400, "IllegalTimestamp", "The input parameter Timestamp is wrong.", $"Date: {date}\r\n"));
        using var shell = Connect(service);
        var error = Assert.Single(shell.Try("'m-1', 'm-2', 'm-3' | Get-EcsImage").Errors);
        Assert.Equal(("IllegalTimestamp", ErrorCategory.AuthenticationError), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("clock is 120 minutes behind", error.Text(), StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public void A_wrong_key_ends_the_whole_call_and_its_echo_shows_no_secret()
    {
        using var service = new FakeService(static _ => FakeReply.Error(400, "SignatureDoesNotMatch", $"Wrong; server string to sign is:{Secret}"));
        using var shell = Connect(service);
        var error = Assert.Single(shell.Try("'m-1', 'm-2', 'm-3' | Get-EcsImage").Errors);
        Assert.Equal(("SignatureDoesNotMatch", ErrorCategory.AuthenticationError), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("Connect-EcsAccount", error.Advice(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_region_that_fails_loses_nothing_of_the_others()
    {
        using var service = new FakeService(static r => r.Query("RegionId") == "cn-beijing" ? FakeReply.Error(403, "Forbidden", "No.") : FakeReply.Page(r, 120));
        using var shell = Connect(service);
        var run = shell.Try($"{List} -RegionId cn-shanghai, cn-beijing, cn-hangzhou");
        Assert.Equal([.. Enumerable.Repeat("cn-shanghai", 120), .. Enumerable.Repeat("cn-hangzhou", 120)], run.Output.Select(static i => (string)i.RegionId));
        Assert.Equal("cn-beijing", Assert.Single(run.Errors).TargetObject);
        Assert.Equal("Forbidden", shell.Error("Get-EcsImage m-gone -RegionId cn-beijing").Code());
    }

    [Fact]
    public void A_consumer_that_has_enough_ends_the_listing_after_the_pages_that_were_read_ahead()
    {
        using var service = new FakeService(static r => FakeReply.Page(r, 5000));
        using var shell = Connect(service);
        Assert.Equal("image-0", Assert.Single(shell.Run($"foreach ($once in 1) {{ {List} | ForEach-Object {{ $_; break }} }}")).Name);
        Assert.InRange(service.Requests.Count, 1, 10);
    }

    [Fact]
    public void An_emulator_that_is_not_there_is_told_within_seconds()
    {
        var service = new FakeService(static r => FakeReply.Page(r, 1));
        using var shell = Connect(service);
        service.Dispose();
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var error = shell.Error(List);
        Assert.Equal(("ConnectionFailed", ErrorCategory.ConnectionError), (error.Code(), error.CategoryInfo.Category));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Stop_ends_a_call_that_gets_no_answer_at_once()
    {
        using var service = new FakeService(static _ => FakeReply.Silence);
        using var shell = Connect(service);
        using var ps = System.Management.Automation.PowerShell.Create(shell.Runspace);
        ps.AddScript(List);
        var running = Task.Run(() => ps.Invoke());
        await service.Silent.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Task.Run(ps.Stop).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(await running);
        Assert.Equal(PSInvocationState.Stopped, ps.InvocationStateInfo.State);
    }

    [Fact]
    public void No_output_error_verbose_or_debug_record_shows_the_secret_or_the_token()
    {
        using var service = new FakeService(static r => r.Query("PageNumber") == "1" ? FakeReply.Page(r, 250) : new FakeReply(500, r.Head, "x-acs-retry-after: 1\r\n"));
        using var shell = Connect(service, withToken: true);
        var run = shell.Try($"{List} -Verbose -Debug; $context; Get-EcsImage -ImageType Custom -Status Deprecated; $Error");
        Assert.NotEmpty(run.Errors);
        var all = string.Join('\n', run.Output.Concat(run.Errors).Select(static o => PSSerializer.Serialize((object)o, 6)).Concat(run.Verbose).Concat(run.Debug).Concat(shell.Host.Lines));
        Assert.Contains("image-1", all, StringComparison.Ordinal);
        foreach (var hidden in new[] { Secret, "the-token-of-the-tests", "Signature=" + "0" }) Assert.DoesNotContain(hidden, all, StringComparison.Ordinal);
        Assert.DoesNotMatch("Signature=[0-9a-f]{64}", all);
    }

    internal static TestShell Connect(FakeService service, bool withToken = false)
    {
        var shell = new TestShell(connect: false);
        var session = shell.Runspace.SessionStateProxy;
        session.SetVariable("key", new PSCredential("LTAItests", Secure(Secret)));
        session.SetVariable("token", Secure("the-token-of-the-tests"));
        shell.Run($"$context = Connect-EcsAccount -Endpoint {service.Endpoint} -RegionId cn-hangzhou -Credential $key {(withToken ? "-SecurityToken $token" : "")}");
        return shell;
    }

    private static System.Security.SecureString Secure(string text) => new System.Net.NetworkCredential("", text).SecurePassword;
}
