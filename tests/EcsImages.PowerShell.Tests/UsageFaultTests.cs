using System.Globalization;
using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

/// <summary>What is told of an image where some of it cannot be read.</summary>
public sealed class UsageFaultTests
{
    private const string Image = """{"ImageId":"m-1","ImageName":"web","Status":"Available","ImageOwnerAlias":"self","Size":40,"ImageFamily":"web","OSType":"linux","Architecture":"x86_64","DiskDeviceMappings":{"DiskDeviceMapping":[{"Device":"/dev/xvda","Type":"system","Size":"40","SnapshotId":"s-1"}]}}""";

    [Theory]
    [InlineData("DescribeImagePipelines", "Pipeline")]
    [InlineData("DescribeLaunchTemplates", "LaunchTemplate")]
    [InlineData("DescribeLaunchTemplateVersions", "LaunchTemplate")]
    [InlineData("DescribeInstances", "Instance")]
    [InlineData("DescribeImageSharePermission", "Share")]
    [InlineData("DescribeRegions", "Image")]
    public void A_kind_that_one_may_not_read_is_unknown_with_its_reason_and_the_rest_comes(string operation, string kind)
    {
        using var service = new FakeService(r => r.Action == operation ? FakeReply.Error(403, "Forbidden.RAM", "Not allowed.") : Answer(r));
        using var shell = Connect(service);
        var all = shell.Run("Get-EcsImageUsage m-1");
        var unknown = Assert.Single(all, static d => d.Effect.ToString() == "Unknown");
        Assert.Equal(kind, (string)unknown.Kind.ToString());
        Assert.Contains($"Forbidden.RAM (ecs:{operation} in cn-hangzhou): Not allowed.", (string)unknown.Detail, StringComparison.Ordinal);
        string[] others = ["Image", "Instance", "LaunchTemplate", "Pipeline", "Share", "Snapshot"];
        Assert.Equal(others.Except([kind]), all.Where(d => !ReferenceEquals(d, unknown)).Select(static d => (string)d.Kind.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("DescribeSnapshots")]
    [InlineData("DescribeDisks")]
    public void Snapshots_whose_use_is_not_known_still_stay_and_are_not_called_free(string operation)
    {
        using var service = new FakeService(r => r.Action == operation ? FakeReply.Error(403, "Forbidden.RAM", "Not allowed.") : Answer(r));
        using var shell = Connect(service);
        var row = Assert.Single(shell.Run("Get-EcsImageUsage m-1"), static d => d.Kind.ToString() == "Snapshot");
        Assert.Null(row.NeededBy);
        Assert.Contains($"ecs:{operation}", (string)row.Detail, StringComparison.Ordinal);

        service.Requests.Clear();
        var run = shell.Try("Remove-EcsImage m-1 -IncludeSnapshot -Confirm:$false");
        Assert.Empty(run.Errors);
        Assert.Contains("s-1", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(service.Requests, static r => r.Action == "DeleteSnapshot");
        Assert.Contains(service.Requests, static r => r.Action == "DeleteImage");
    }

    [Fact]
    public void A_region_that_fails_is_said_and_the_copies_in_the_others_come()
    {
        using var service = new FakeService(static r => r.Query("RegionId") == "cn-shanghai" ? FakeReply.Error(403, "Forbidden", "No.") : Answer(r));
        using var shell = Connect(service);
        var images = shell.Run("Get-EcsImageUsage m-1 | Where-Object Kind -eq Image");
        Assert.Equal(["cn-beijing Unaffected m-copy", "cn-shanghai Unknown "], images.Select(static d => $"{d.RegionId} {d.Effect} {d.ResourceId}"));
    }

    [Fact]
    public void Launch_templates_pipelines_and_other_regions_are_read_once_for_many_images()
    {
        using var service = new FakeService(Answer);
        using var shell = Connect(service);
        Assert.Equal(3, shell.Run("1..3 | ForEach-Object { \"m-$_\" } | Remove-EcsImage -WhatIf | Where-Object Kind -eq Snapshot").Count);
        foreach (var once in new[] { "DescribeLaunchTemplates", "DescribeLaunchTemplateVersions", "DescribeImagePipelines", "DescribeRegions" })
            Assert.Single(service.Requests, r => r.Action == once);
        Assert.Equal(2, service.Requests.Count(static r => r.Action == "DescribeImages" && r.Query("RegionId") != "cn-hangzhou"));
        Assert.DoesNotContain(service.Requests, static r => r.Action.StartsWith("Delete", StringComparison.Ordinal));
    }

    [Fact]
    public void What_changed_since_it_was_asked_is_the_services_to_refuse()
    {
        using var service = new FakeService(static r => r.Action switch
        {
            "DeleteImage" => FakeReply.Error(403, "ImageUseShared", "Shared."),
            "DescribeImageSharePermission" => FakeReply.Json("""{"TotalCount":0}"""),
            _ => Answer(r),
        });
        using var shell = Connect(service);
        shell.Host.Answer = static _ => 0;
        var error = shell.Error("Remove-EcsImage m-1 -Force -IncludeSnapshot");
        Assert.Equal("ImageUseShared", error.Code());
        Assert.Contains("RequestId R-1", error.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(service.Requests, static r => r.Action == "DeleteSnapshot");
    }

    [Fact]
    public void A_snapshot_that_is_not_deleted_is_an_error_that_says_that_the_image_is()
    {
        using var service = new FakeService(static r => r.Action switch
        {
            "DeleteSnapshot" => FakeReply.Error(403, "SnapshotCreatedImage", "In use."),
            "DescribeSnapshots" => FakeReply.Json("""{"Snapshots":{"Snapshot":[{"SnapshotId":"s-1","Usage":"image","SourceDiskSize":"40"}]}}"""),
            _ => Answer(r),
        });
        using var shell = Connect(service);
        var run = shell.Try("Remove-EcsImage m-1 -IncludeSnapshot -Confirm:$false; 'went on'");
        var error = Assert.Single(run.Errors);
        Assert.Equal(("SnapshotCreatedImage", "s-1", ErrorCategory.ResourceBusy), (error.Code(), (string)error.TargetObject, error.CategoryInfo.Category));
        Assert.Contains("Image 'm-1' is deleted, but its snapshot 's-1' in cn-hangzhou is not", error.Text(), StringComparison.Ordinal);
        Assert.Equal("went on", Assert.Single(run.Output).ToString());
    }

    [Fact]
    public void Only_exact_words_make_a_snapshot_one_that_an_image_left()
    {
        string[] rows =
        [
            Snapshot("s-left", "", "Made for m-gone", 0), Snapshot("s-there", "", "Made for m-1", 0), Snapshot("s-person", "", "Made for m-gone, by hand", 0),
            Snapshot("s-import", "SnapshotForImage-web", "", 2), Snapshot("s-import-new", "SnapshotForImage-web", "", 0),
            Snapshot("s-system", "web", "System disk of i-abc1, for an image", 2), Snapshot("s-system-new", "web", "System disk of i-abc1, for an image", 0), Snapshot("s-backup", "backup", "", 2),
        ];
        using var service = new FakeService(r => r.Action == "DescribeSnapshots" ? FakeReply.Json($$$"""{"Snapshots":{"Snapshot":[{{{string.Join(',', rows)}}}]}}""") : Answer(r));
        using var shell = Connect(service);
        Assert.Equal(["s-left", "s-import", "s-system"], shell.Texts("Get-EcsImageUsage -LeftBehind | ForEach-Object SnapshotId"));
        Assert.All(service.Requests.Where(static r => r.Action == "DescribeSnapshots"), static r => Assert.Equal(("none", "accomplished"), (r.Query("Usage"), r.Query("Status"))));
        Assert.Equal(["s-left"], shell.Texts("Get-EcsImageUsage m-gone, m-other -LeftBehind | ForEach-Object SnapshotId"));
    }

    private static string Snapshot(string id, string name, string description, int hoursOld) =>
        $$"""{"SnapshotId":"{{id}}","SnapshotName":"{{name}}","Description":"{{description}}","Status":"accomplished","Usage":"none","SourceDiskSize":"40","CreationTime":"{{DateTimeOffset.UtcNow.AddHours(-hoursOld).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}"}""";

    private static FakeReply Answer(FakeRequest request) => FakeReply.Json(request.Action switch
    {
        "DescribeImages" => Images(request),
        "DescribeInstances" => """{"Instances":{"Instance":[{"InstanceId":"i-1","InstanceName":"web-1","Status":"Running","ImageId":"m-1"}]}}""",
        "DescribeLaunchTemplates" => """{"TotalCount":1,"LaunchTemplateSets":{"LaunchTemplateSet":[{"LaunchTemplateId":"lt-1","LaunchTemplateName":"t","DefaultVersionNumber":1,"LatestVersionNumber":1}]}}""",
        "DescribeLaunchTemplateVersions" => """{"TotalCount":1,"LaunchTemplateVersionSets":{"LaunchTemplateVersionSet":[{"VersionNumber":1,"LaunchTemplateData":{"ImageId":"m-1"}}]}}""",
        "DescribeImagePipelines" => """{"TotalCount":1,"ImagePipeline":{"ImagePipelineSet":[{"ImagePipelineId":"ip-1","Name":"p","BaseImageType":"IMAGE","BaseImage":"m-1"}]}}""",
        "DescribeImageSharePermission" => """{"TotalCount":1,"Accounts":{"Account":[{"AliyunId":"1111222233334444"}]}}""",
        "DescribeSnapshots" => """{"Snapshots":{"Snapshot":[{"SnapshotId":"s-1","Usage":"image_disk","SourceDiskSize":"40"}]}}""",
        "DescribeDisks" => """{"Disks":{"Disk":[{"DiskId":"d-1","InstanceId":"i-1"}]}}""",
        "DescribeRegions" => """{"Regions":{"Region":[{"RegionId":"cn-beijing"},{"RegionId":"cn-hangzhou"},{"RegionId":"cn-shanghai"}]}}""",
        _ => "{}",
    });

    // By id: that image, under the id that was asked for. All of another region: a copy.
    private static string Images(FakeRequest request)
    {
        var id = request.Query("ImageId");
        var rows = id is not null ? string.Join(',', id.Split(',').Where(static i => i.Length == 3).Select(static i => Image.Replace("m-1", i, StringComparison.Ordinal)))
            : request.Query("RegionId") == "cn-beijing" ? Image.Replace("m-1", "m-copy", StringComparison.Ordinal).Replace("\"Size\":40,", "\"Size\":40,\"IsCopied\":true,", StringComparison.Ordinal) : "";
        return $$$"""{"TotalCount":1,"Images":{"Image":[{{{rows}}}]}}""";
    }

    private static TestShell Connect(FakeService service)
    {
        var shell = new TestShell(connect: false);
        shell.Runspace.SessionStateProxy.SetVariable("key", new PSCredential("LTAItests", new System.Net.NetworkCredential("", "secret-of-the-tests").SecurePassword));
        shell.Run($"$context = Connect-EcsAccount -Endpoint {service.Endpoint} -RegionId cn-hangzhou -Credential $key");
        return shell;
    }
}
