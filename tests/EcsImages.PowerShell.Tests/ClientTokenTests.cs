namespace EcsImages.PowerShell.Tests;

/// <summary>A -ClientToken names a whole pipeline: each item of it is a request of its own.</summary>
public sealed class ClientTokenTests
{
    [Theory]
    [InlineData("CreateImage", "[pscustomobject]@{ InstanceId = 'i-1' }, [pscustomobject]@{ InstanceId = 'i-2' }, [pscustomobject]@{ InstanceId = 'i-1'; RegionId = 'cn-beijing' } | New-EcsCustomImage -Name made")]
    [InlineData("RunInstances", "[pscustomobject]@{ ImageId = 'm-1'; InstanceType = 'ecs.g7.large' }, [pscustomobject]@{ ImageId = 'm-2'; InstanceType = 'ecs.g7.large' }, [pscustomobject]@{ ImageId = 'm-1'; InstanceType = 'ecs.g8i.large' } | New-EcsInstance")]
    [InlineData("RunInstances", "[pscustomobject]@{ RegionId = 'cn-hangzhou' }, [pscustomobject]@{ RegionId = 'cn-beijing' }, [pscustomobject]@{ RegionId = 'cn-shanghai' } | New-EcsInstance -Family web -InstanceType ecs.g7.large")]
    [InlineData("ImportImage", "[pscustomobject]@{ RegionId = 'cn-hangzhou' }, [pscustomobject]@{ RegionId = 'cn-beijing' }, [pscustomobject]@{ RegionId = 'cn-shanghai' } | Import-EcsImage -BucketName bucket-1 -ObjectKey disk.raw")]
    [InlineData("CreateImageComponent", "[IO.FileInfo]'{0}', [IO.FileInfo]'{1}', [IO.FileInfo]'{2}' | New-EcsImageComponent")]
    public void Each_item_of_a_pipeline_has_a_token_of_its_own_which_is_the_same_when_it_is_run_again(string action, string script)
    {
        using var service = new FakeService(Answer);
        using var shell = FaultTests.Connect(service);
        Directory.CreateDirectory(shell.Folder);
        foreach (var number in Enumerable.Range(0, 3))
        {
            var file = Path.Combine(shell.Folder, $"part-{number}.component");
            File.WriteAllText(file, "RUN true\n");
            script = script.Replace($"{{{number}}}", file, StringComparison.Ordinal);
        }
        // What the service answers to reads is of no matter here.
        shell.Try($"{script} -ClientToken nightly");
        shell.Try($"{script} -ClientToken nightly");
        shell.Try($"{script} -ClientToken weekly");
        var tokens = service.Requests.Where(r => r.Action == action).Select(static r => r.Query("ClientToken")).ToArray();
        Assert.Equal(9, tokens.Length);
        Assert.Equal(6, tokens.Distinct().Count());
        Assert.Equal(tokens[..3], tokens[3..6]);
        Assert.All(tokens, static t => Assert.InRange(t!.Length, 1, 64));
    }

    [Theory]
    [InlineData("CreateImage", "New-EcsCustomImage i-1 -Name made")]
    [InlineData("RunInstances", "New-EcsInstance m-1 ecs.g7.large")]
    [InlineData("ImportImage", "Import-EcsImage -BucketName bucket-1 -ObjectKey disk.raw")]
    public void A_dry_run_uses_no_token_up(string action, string script)
    {
        using var service = new FakeService(static _ => FakeReply.Error(400, "DryRunOperation", "Request validation has been passed with DryRun flag set."));
        using var shell = FaultTests.Connect(service);
        Assert.Empty(shell.Try($"{script} -ClientToken nightly -DryRun").Errors);
        Assert.Null(service.Requests.Single(r => r.Action == action).Query("ClientToken"));
    }

    [Fact]
    public void Files_that_are_imported_under_one_token_become_an_image_each_and_none_a_second_one()
    {
        using var world = new Transfer.TransferWorld();
        world.MakeVmdk("one.vmdk");
        world.MakeVmdk("two.vmdk");
        var import = $"[IO.FileInfo]'{world.In("one.vmdk")}', [IO.FileInfo]'{world.In("two.vmdk")}' | Import-EcsImage -ClientToken nightly -Wait -WarningAction SilentlyContinue | ForEach-Object {{ \"$($_.Name) $($_.ImageId)\" }}";
        // They are written as they are done.
        var made = world.Shell.Texts(import).Order(StringComparer.Ordinal);
        Assert.Equal(["one", "two"], made.Select(static m => m.Split(' ')[0]));
        Assert.Equal(2, world.Shell.Run("Get-EcsImage -ImageType Custom").Count);
        Assert.Equal(made, world.Shell.Texts(import).Order(StringComparer.Ordinal));
    }

    private static FakeReply Answer(FakeRequest request) => request.Action switch
    {
        "CreateImage" or "ImportImage" => FakeReply.Json("""{"RequestId":"R","ImageId":"m-made","TaskId":"t-1"}"""),
        "RunInstances" => FakeReply.Json("""{"RequestId":"R","InstanceIdSets":{"InstanceIdSet":["i-made"]}}"""),
        "CreateImageComponent" => FakeReply.Json("""{"RequestId":"R","ImageComponentId":"ic-made"}"""),
        "DescribeImages" => FakeReply.Json("""{"RequestId":"R","TotalCount":0,"Images":{"Image":[]}}"""),
        _ => FakeReply.Json("""{"RequestId":"R","TotalCount":0}"""),
    };
}
