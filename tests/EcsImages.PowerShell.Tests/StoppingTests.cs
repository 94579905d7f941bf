using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

/// <summary>What is said of work at the service where a cmdlet ends before it, and how a cmdlet ends in the middle of a call.</summary>
public sealed class StoppingTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public async Task Ctrl_C_names_all_that_is_still_under_way_and_nothing_that_is_done()
    {
        using var service = new FakeService(static r => FakeReply.Json(Images(r.Query("ImageId")!.Trim('[', ']').Replace("\"", "", StringComparison.Ordinal).Split(','))));
        using var shell = FaultTests.Connect(service);
        using (var ps = System.Management.Automation.PowerShell.Create(shell.Runspace))
        {
            ps.AddScript("'m-1', 'm-2', 'm-3' | Wait-EcsImage -RegionId cn-beijing");
            var (output, done) = (new PSDataCollection<PSObject>(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            output.DataAdded += (_, _) => done.TrySetResult();
            var running = Task.Run(() => ps.Invoke(null, output));
            await done.Task.WaitAsync(Limit);
            await Task.Run(ps.Stop).WaitAsync(Limit);
            await running;
        }
        var line = Assert.Single(shell.Host.Lines, static l => l.Contains("Wait-EcsImage", StringComparison.Ordinal));
        Assert.EndsWith("with: Wait-EcsImage m-2, m-3 -RegionId cn-beijing", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_before_the_wait_names_the_copies_that_were_started()
    {
        var said = _shell.Host.Lines.Count;
        var run = _shell.Try("$image.ImageId, 'm-missing' | Copy-EcsImage -DestinationRegionId cn-beijing, cn-shanghai -Name started -Wait -ErrorAction Stop");
        Assert.Equal("InvalidImageId.NotFound", run.Terminating!.ErrorRecord.Code());
        var (north, east) = (_shell.Text("(Get-EcsImage -Name started -RegionId cn-beijing).ImageId"), _shell.Text("(Get-EcsImage -Name started -RegionId cn-shanghai).ImageId"));
        var line = Assert.Single(_shell.Host.Lines.Skip(said), static l => l.Contains("Wait-EcsImage", StringComparison.Ordinal));
        Assert.EndsWith($"Wait-EcsImage {north} -RegionId cn-beijing; Wait-EcsImage {east} -RegionId cn-shanghai", line, StringComparison.Ordinal);
        Assert.Equal(2, _shell.Run(line[(line.IndexOf("with: ", StringComparison.Ordinal) + 6)..]).Count);
    }

    [Fact]
    public void An_error_of_another_cmdlet_of_the_pipeline_names_them_too()
    {
        var said = _shell.Host.Lines.Count;
        Assert.NotNull(_shell.Try("& { $image; throw 'no more' } | Copy-EcsImage -DestinationRegionId cn-qingdao -Name upstream -Wait").Terminating);
        var id = _shell.Text("(Get-EcsImage -Name upstream -RegionId cn-qingdao).ImageId");
        Assert.Contains(_shell.Host.Lines.Skip(said), l => l.EndsWith($"Wait-EcsImage {id} -RegionId cn-qingdao", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wait_that_came_to_its_end_says_nothing()
    {
        var said = _shell.Host.Lines.Count;
        _shell.Run("$image | Copy-EcsImage -DestinationRegionId cn-shenzhen -Name whole -Wait");
        Assert.DoesNotContain(_shell.Host.Lines.Skip(said), static l => l.Contains("Wait-EcsImage", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DebugPreference", "Get-EcsImage -ImageType Custom")]
    [InlineData("DebugPreference", "'m-1' | Wait-EcsImage")]
    public void A_write_that_ends_the_cmdlet_is_its_error_also_while_an_answer_is_awaited(string preference, string script)
    {
        using var service = new FakeService(static _ => FakeReply.Silence);
        using var shell = FaultTests.Connect(service);
        var run = shell.Try($"${preference} = 'Stop'; {script}");
        Assert.IsType<ActionPreferenceStopException>(run.Terminating);
        Assert.Contains(preference, run.Terminating.Message, StringComparison.Ordinal);
    }

    private static string Images(string[] ids)
    {
        var rows = ids.Select(static id => $$"""{"ImageId":"{{id}}","ImageName":"{{id}}","Status":"{{(id == "m-1" ? "Available" : "Creating")}}","ImageOwnerAlias":"self","Size":40}""");
        return $$$"""{"TotalCount":{{{ids.Length}}},"PageNumber":1,"PageSize":100,"RequestId":"R","Images":{"Image":[{{{string.Join(',', rows)}}}]}}""";
    }
}
