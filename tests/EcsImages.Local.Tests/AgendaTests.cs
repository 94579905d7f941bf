using EcsImages.Local.Contents;
using EcsImages.Local.Due;
using EcsImages.Local.Oos.Executions;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

public sealed class AgendaTests
{
    [Fact]
    public async Task Work_of_different_kinds_is_carried_out_in_the_order_of_its_time_and_as_of_that_time()
    {
        using var place = new Place();
        var (first, second) = (new Ticks("a", 10, 30, 50), new Ticks("b", 20, 30, 1000));
        place.Run(s => { first.Arrange(s, place.Start); second.Arrange(s, place.Start); });
        place.Clock.Advance(TimeSpan.FromMilliseconds(100));
        var agenda = new Agenda(place.Database, place.Contents, first, second);
        place.Run(s => Assert.True(agenda.IsDue(s)));
        Assert.True(await agenda.AdvanceAsync(CancellationToken.None));
        Assert.Equal(["a 10", "b 20", "a 30", "b 30", "a 50"], place.Done());
        place.Run(s => Assert.False(agenda.IsDue(s)));
        // Nothing is left to be freed where nothing was done.
        Assert.False(await agenda.AdvanceAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_stage_that_breaks_off_leaves_nothing_and_is_due_again()
    {
        using var place = new Place();
        var work = new Ticks("a", 10, 20) { BreaksAt = 20 };
        place.Run(s => work.Arrange(s, place.Start));
        place.Clock.Advance(TimeSpan.FromSeconds(1));
        var agenda = new Agenda(place.Database, place.Contents, work);
        await Assert.ThrowsAsync<IOException>(() => agenda.AdvanceAsync(CancellationToken.None));
        Assert.Equal(["a 10"], place.Done());
        work.BreaksAt = null;
        await agenda.AdvanceAsync(CancellationToken.None);
        Assert.Equal(["a 10", "a 20"], place.Done());
    }

    [Fact]
    public void Looking_for_what_is_due_reads_an_index_whatever_the_number_of_executions()
    {
        using var place = new Place();
        place.Run(static s => Assert.All(
            s.List("EXPLAIN QUERY PLAN " + ExecutionWork.NextDue, static r => r.GetString(3)),
            static line => Assert.Contains("USING INDEX oos_execution_due", line, StringComparison.Ordinal)));
    }

    [Fact]
    public void Looking_for_exports_that_are_due_reads_an_index() =>
        Place.With(static place => place.Run(static s => Assert.All(
            s.List("EXPLAIN QUERY PLAN " + EcsImages.Local.Ecs.Exports.ExportWork.NextDue, static r => r.GetString(3)),
            static line => Assert.Contains("INDEX byte_work_due", line, StringComparison.Ordinal))));

    [Theory]
    [InlineData("SEARCH e USING INDEX image_pipeline_execution_due", EcsImages.Local.Ecs.Building.Executions.BuildWork.NextDue)]
    [InlineData("SCAN d", EcsImages.Local.Ecs.Detection.DetectionWork.NextDue)]
    public void Looking_for_builds_and_checks_that_are_due_reads_those_alone_that_are_under_way(string first, string sql) =>
        Place.With(place => place.Run(s =>
        {
            var plan = s.List("EXPLAIN QUERY PLAN " + sql, static r => r.GetString(3));
            Assert.Contains(plan, line => line.StartsWith(first, StringComparison.Ordinal));
            Assert.DoesNotContain(plan, static line => line is "SCAN i" or "SCAN image");
        }));

    /// <summary>Work that notes in a table each of its times that has come.</summary>
    private sealed class Ticks(string name, params long[] times) : IDueWork
    {
        private long _zero;

        public long? BreaksAt { get; set; }

        public void Arrange(Session store, DateTimeOffset start)
        {
            _zero = start.Milliseconds();
            store.Execute("CREATE TABLE IF NOT EXISTS done (key INTEGER PRIMARY KEY, name TEXT, at INTEGER)");
        }

        public DueStage? Next(Session store)
        {
            var done = (int)store.Scalar<long>("SELECT count(*) FROM done WHERE name = $name", ("name", name));
            return done < times.Length ? new(name, DateTimeOffset.FromUnixTimeMilliseconds(_zero + times[done])) : null;
        }

        public bool Run(Session store, DueStage stage)
        {
            var at = store.Now.Milliseconds() - _zero;
            store.Execute("INSERT INTO done (name, at) VALUES ($name, $at)", ("name", name), ("at", at));
            return BreaksAt == at ? throw new IOException("Broken off.") : true;
        }
    }

    private sealed class Place : IDisposable
    {
        private readonly string _folder = Path.Combine(Path.GetTempPath(), "ecs-agenda-" + Guid.NewGuid().ToString("N"));

        public Place()
        {
            Database = Database.Open(new() { Path = _folder, Clock = Clock });
            Contents = new(Database);
            Start = Clock.Now;
        }

        public static void With(Action<Place> test)
        {
            using var place = new Place();
            test(place);
        }

        public ManualClock Clock { get; } = new();

        public DateTimeOffset Start { get; }

        public Database Database { get; }

        public DiskContents Contents { get; }

        public void Run(Action<Session> work)
        {
            using var session = Database.Write();
            work(session);
            session.Commit();
        }

        public List<string> Done()
        {
            using var session = Database.Read();
            return session.List("SELECT name, at FROM done ORDER BY key", static r => $"{r.GetString(0)} {r.GetInt64(1)}");
        }

        public void Dispose()
        {
            Contents.Dispose();
            Database.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
