using EcsImages.Core.Oss;

namespace EcsImages.Core.Tests.Oss;

public sealed class PartSizeTests
{
    public static TheoryData<long> Lengths => [(1L << 20) + 1, 4L << 20, 400L << 20, 1L << 30, 40L << 30, 2L << 40, PartSizes.MostObject];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Parts_of_every_length_keep_the_bounds_of_the_service(long length)
    {
        var (up, down) = (PartSizes.OfUpload(length), PartSizes.OfDownload(length));
        Assert.InRange(up, PartSizes.Least, PartSizes.Most);
        Assert.InRange(PartSizes.Count(length, up), 1, PartSizes.MostParts);
        Assert.InRange(PartSizes.Count(length, down), 1, 50_000);
        Assert.True((PartSizes.Count(length, up) - 1) * up < length);
    }

    [Theory]
    [InlineData(1L << 20, 4L << 20)]
    [InlineData(1L << 30, 11L << 20)]
    [InlineData(40L << 30, 16L << 20)]
    [InlineData(2L << 40, 210L << 20)]
    [InlineData(48L << 40, 5034L << 20)]
    public void Parts_grow_with_the_object(long length, long part) => Assert.Equal(part, PartSizes.OfUpload(length));

    [Fact]
    public void Nothing_has_no_parts() => Assert.Equal(0, PartSizes.Count(0, PartSizes.OfDownload(0)));

    [Theory]
    [InlineData(0, 4, 1)]
    [InlineData(15, 4, 1)]
    [InlineData(256, 4, 16)]
    [InlineData(256, 1, 64)]
    [InlineData(50_000, 4, 64)]
    public void A_request_brings_more_parts_where_there_are_many_but_each_worker_has_several(int parts, int parallel, int run) => Assert.Equal(run, PartSizes.OfRun(parts, parallel));
}
