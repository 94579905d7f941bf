using System.Text;
using EcsImages.Core.Oss;

namespace EcsImages.Core.Tests.Oss;

public sealed class Crc64FoldingTests
{
    [Fact]
    public void Folded_and_by_table_are_one_value_at_every_length_start_and_cut()
    {
        const int seed = 20261201;
        var random = new Random(seed);
        var bytes = new byte[4096];
        random.NextBytes(bytes);
        for (var length = 0; length <= 600; length++)
        {
            var (start, before) = (random.Next(bytes.Length - length), (ulong)random.NextInt64());
            Assert.True(Crc64.AppendByTable(before, bytes.AsSpan(start, length)) == Crc64.Append(before, bytes.AsSpan(start, length)), $"seed {seed}: {length} bytes from {start} on");
        }
        for (var round = 0; round < 200; round++)
        {
            var cut = random.Next(bytes.Length);
            Assert.Equal(Crc64.AppendByTable(0, bytes), Crc64.Append(Crc64.Append(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }

    // The first is the published check value of CRC-64/XZ, many times over; the second is of protocol.md's vectors.
    [Theory]
    [InlineData("123456789", 1, 11051210869376104954)]
    [InlineData("\0", 102400, 15337097285471591505)]
    public void Both_give_the_published_values(string text, int times, ulong expected)
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
        Assert.Equal(expected, Crc64.Append(0, bytes));
        Assert.Equal(expected, Crc64.AppendByTable(0, bytes));
    }
}
