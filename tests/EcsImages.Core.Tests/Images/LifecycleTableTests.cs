using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

public sealed class LifecycleTableTests
{
    public static TheoryData<string> Names => [.. Lifecycles.All.Select(static r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_has_its_source_and_dates_in_their_order(string name)
    {
        var row = Assert.Single(Lifecycles.All, r => r.Name == name);
        Assert.NotEmpty(row.Source!);
        Assert.NotEmpty(row.Vendor!);
        Assert.True(row.Licensing is "free" or "commercial");
        DateOnly?[] dates = [row.ReleaseDate, row.MainstreamEnd, row.EndOfLife, row.ExtendedEnd];
        var known = dates.Where(static d => d is not null).ToArray();
        Assert.Equal(known.Order(), known);
        Assert.Equal(row.ExtendedEnd is null, row.Extension is null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_successor_is_in_the_table_has_not_ended_and_leads_back_to_no_one(string name)
    {
        var row = Lifecycles.Named(name)!;
        Assert.All(row.Alternatives, static a => Assert.NotNull(Lifecycles.Named(a)));
        Assert.DoesNotContain(row.Successor, row.Alternatives);
        var seen = new HashSet<string> { name };
        for (var next = row.Successor; next is not null; next = Lifecycles.Named(next)!.Successor)
        {
            Assert.True(seen.Add(next), $"{name} leads back to {next}.");
            Assert.NotNull(Lifecycles.Named(next));
            Assert.False(Lifecycles.Named(next)!.IsPastEnd(Lifecycles.AsOf), $"{next} has ended.");
        }
    }

    [Fact]
    public void What_has_ended_says_what_to_move_to_or_why_there_is_nothing() => Assert.All(
        Lifecycles.All.Where(static r => r.IsPastEnd(Lifecycles.AsOf)), static r => Assert.True(r.Successor is not null || r.SuccessorReason is not null, r.Name));

    [Theory]
    [InlineData("Ubuntu 18.04", "Ubuntu 26.04")]
    [InlineData("CentOS 6", "Alibaba Cloud Linux 3")]
    [InlineData("CentOS 8", "Alibaba Cloud Linux 3")]
    [InlineData("Debian 11", "Debian 13")]
    [InlineData("Windows Server 2012 R2", "Windows Server 2025")]
    [InlineData("Red Hat Enterprise Linux 7", "Red Hat Enterprise Linux 9")]
    [InlineData("Alibaba Cloud Linux 2", "Alibaba Cloud Linux 3")]
    [InlineData("FreeBSD 13.0", null)]
    public void What_one_moves_to(string name, string? successor) =>
        Assert.Equal(successor, Lifecycles.SuccessorOf(Lifecycles.Named(name)!, Some.Today)?.Name);

    [Fact]
    public void A_successor_that_has_ended_itself_is_passed_over()
    {
        Assert.Equal("Alibaba Cloud Linux 4", Lifecycles.SuccessorOf(Lifecycles.Named("CentOS 7")!, new DateOnly(2032, 1, 1))?.Name);
        Assert.Null(Lifecycles.SuccessorOf(Lifecycles.Named("Ubuntu 18.04")!, new DateOnly(2040, 1, 1)));
    }

    [Theory]
    [InlineData("Windows Server 2016", "2022-01-11", EcsOSPhase.Mainstream)]
    [InlineData("Windows Server 2016", "2022-01-12", EcsOSPhase.Extended)]
    [InlineData("Windows Server 2016", "2027-01-12", EcsOSPhase.Extended)]
    [InlineData("Windows Server 2016", "2027-01-13", EcsOSPhase.ExtensionOnly)]
    [InlineData("Windows Server 2016", "2030-01-12", EcsOSPhase.ExtensionOnly)]
    [InlineData("Windows Server 2016", "2030-01-13", EcsOSPhase.Ended)]
    [InlineData("Alibaba Cloud Linux 2", "2024-03-31", EcsOSPhase.Mainstream)]
    [InlineData("Alibaba Cloud Linux 2", "2024-04-01", EcsOSPhase.Extended)]
    // Conflict 15: of two announced ends the later one holds.
    [InlineData("Alibaba Cloud Linux 2", "2026-03-31", EcsOSPhase.Extended)]
    [InlineData("Alibaba Cloud Linux 2", "2026-04-01", EcsOSPhase.Ended)]
    // Where the vendor makes no distinction, all of it is mainstream.
    [InlineData("Fedora 43", "2026-12-09", EcsOSPhase.Mainstream)]
    [InlineData("Fedora 43", "2026-12-10", EcsOSPhase.Ended)]
    [InlineData("Alibaba Cloud Linux 4", "2035-01-01", EcsOSPhase.Unknown)]
    public void Rule_6_the_phases_end_with_their_last_day(string name, string day, EcsOSPhase phase) =>
        Assert.Equal(phase, Lifecycles.Named(name)!.PhaseOn(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Days_are_counted_from_the_day_that_was_looked_at()
    {
        var row = Lifecycles.Named("Windows Server 2016")! with { SeenOn = new DateOnly(2027, 1, 10) };
        Assert.Equal((2, EcsOSPhase.Extended), (row.DaysLeft, row.Phase));
        Assert.Equal(-1, (row with { SeenOn = new DateOnly(2027, 1, 13) }).DaysLeft);
        Assert.Null((Lifecycles.Named("Alibaba Cloud Linux 4")! with { SeenOn = Some.Today }).DaysLeft);
    }
}
