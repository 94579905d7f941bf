using System.Management.Automation;
using System.Security;

namespace EcsImages.PowerShell.Tests;

public sealed class QuotaCheckTests
{
    [Fact]
    public void A_region_without_room_is_told_before_and_has_room_once_more_is_granted()
    {
        using var shell = new TestShell(speed: 10_000);
        shell.MakeImage("web-1");
        shell.Run("""
            $images = @($image) + @(2..4 | ForEach-Object { New-EcsCustomImage -InstanceId $instance.InstanceId -Name "web-$_" -Wait })
            $system = New-EcsInstance ($public | Get-EcsImage -RegionId cn-beijing) ecs.g7.large -RegionId cn-beijing -Name filler -Wait | Get-EcsDisk -DiskType system
            $snapshot = $system | New-EcsSnapshot -Wait
            $null = 1..98 | ForEach-Object { New-EcsCustomImage -SnapshotId $snapshot.SnapshotId -RegionId cn-beijing -Name "filler-$_" }
            """);

        var run = shell.Try("$images | Copy-EcsImage -DestinationRegionId cn-beijing -Verbose");
        Assert.Equal(2, run.Output.Count);
        Assert.Equal(["web-3 to cn-beijing", "web-4 to cn-beijing"], run.Errors.Select(e => $"{shell.Text($"(Get-EcsImage {((string)e.TargetObject).Split(' ')[0]}).Name")} to cn-beijing"));
        Assert.All(run.Errors, static e => Assert.Equal(("QuotaExceed.Image", ErrorCategory.QuotaExceeded), (e.Code(), e.CategoryInfo.Category)));
        Assert.Contains("There are 100 custom images in cn-beijing, and 100 are allowed", run.Errors[0].Text(), StringComparison.Ordinal);
        Assert.Contains("Request-EcsImageQuota CustomImage -RegionId cn-beijing -Total", run.Errors[0].Text(), StringComparison.Ordinal);
        Assert.Equal((1, 2), (Calls(run, "GetProductQuota"), Calls(run, "CopyImage")));

        foreach (var how in (string[])["-ClientToken again", "-DryRun"])
        {
            var judged = shell.Try($"$images[2] | Copy-EcsImage -DestinationRegionId cn-beijing -Verbose {how}");
            Assert.Equal("QuotaExceed.Image", Assert.Single(judged.Errors).Code());
            Assert.Equal((0, 1), (Calls(judged, "GetProductQuota"), Calls(judged, "CopyImage")));
        }

        var create = shell.Try("New-EcsCustomImage -SnapshotId $snapshot.SnapshotId -RegionId cn-beijing -Name one-more -Verbose");
        Assert.Equal("QuotaExceed.Image", Assert.Single(create.Errors).Code());
        Assert.Equal(0, Calls(create, "CreateImage"));

        shell.Run("$null = Request-EcsImageQuota CustomImage -RegionId cn-beijing -Total 102 -Reason 'The web images' -Wait");
        Assert.Equal(["web-3", "web-4"], shell.Texts("($images[2, 3] | Copy-EcsImage -DestinationRegionId cn-beijing -Wait).Name").Order());
        Assert.Equal("102 102 0", shell.Text("Get-EcsImageQuota CustomImage -RegionId cn-beijing | ForEach-Object { \"$($_.Total) $($_.Used) $($_.Left)\" }"));
    }

    [Fact]
    public void Whoever_may_copy_but_not_read_quotas_copies_and_verbose_names_the_permission()
    {
        using var service = new FakeService(static request => request.Action switch
        {
            "DescribeImages" => FakeReply.Page(request, 1),
            "CopyImage" => FakeReply.Json("""{"ImageId":"m-copy","RequestId":"R-3"}"""),
            _ => FakeReply.Error(403, "NoPermission", "Not for you.", ""),
        });
        using var shell = Connected(service);
        var run = shell.Try("Copy-EcsImage m-0 -DestinationRegionId cn-beijing -Verbose");
        Assert.Equal("m-copy", Assert.Single(run.Output).ImageId);
        Assert.Empty(run.Errors);
        Assert.Single(run.Verbose, static v => v.Contains("the service judges", StringComparison.Ordinal) && v.Contains("quotas:GetProductQuota", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refused_reading_names_the_permission_and_an_application_goes_on_without_it()
    {
        using var service = new FakeService(static request => request.Action is "CreateQuotaApplication"
            ? FakeReply.Json("""{"ApplicationId":"a-1","Status":"Disagree","AuditReason":"Not now","RequestId":"R-3"}""")
            : FakeReply.Error(403, "NoPermission", "Not for you.", ""));
        using var shell = Connected(service);
        var error = shell.Error("Get-EcsImageQuota CustomImage");
        Assert.Equal(("NoPermission", ErrorCategory.PermissionDenied), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("quotas:GetProductQuota", error.Advice(), StringComparison.Ordinal);

        var run = shell.Try("Request-EcsImageQuota CustomImage -Total 200 -Reason more -Wait");
        Assert.Equal("a-1 Disagree", $"{Assert.Single(run.Output).ApplicationId} {run.Output[0].Status}");
        Assert.Contains("Not now", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wait_ends_when_the_application_ends_without_a_raise()
    {
        var reads = 0;
        using var service = new FakeService(request => request.Action is "CreateQuotaApplication"
            ? FakeReply.Json("""{"ApplicationId":"a-1","Status":"Process","RequestId":"R-3"}""")
            : Quota(Interlocked.Increment(ref reads) is 2 ? "applicationProcess" : ""));
        using var shell = Connected(service);
        var error = shell.Error("Request-EcsImageQuota CustomImage -Total 200 -Reason more -Wait -TimeoutSec 60");
        Assert.Equal("QuotaNotRaised", error.Code());
        Assert.Contains("the quota is 100", error.Text(), StringComparison.Ordinal);

        static FakeReply Quota(string reason) => FakeReply.Json(
            $$$"""{"Quota":{"TotalQuota":100,"TotalUsage":1,"Adjustable":{{{(reason.Length == 0 ? "true" : "false")}}},"UnadjustableDetail":"{{{reason}}}"},"RequestId":"R-4"}""");
    }

    private static int Calls(Outcome run, string operation) => run.Verbose.Count(v => v.StartsWith(operation + " in ", StringComparison.Ordinal));

    private static TestShell Connected(FakeService service)
    {
        var shell = new TestShell(connect: false);
        using var secret = new SecureString();
        foreach (var c in "secret-of-the-tests") secret.AppendChar(c);
        shell.Runspace.SessionStateProxy.SetVariable("key", new PSCredential("LTAItests", secret.Copy()));
        shell.Run($"$null = Connect-EcsAccount -Endpoint {service.Endpoint} -RegionId cn-hangzhou -Credential $key");
        return shell;
    }
}
