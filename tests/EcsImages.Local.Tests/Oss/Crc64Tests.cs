using EcsImages.Core.Oss;
using System.Globalization;
using System.Text;

namespace EcsImages.Local.Tests.Oss;

public sealed class Crc64Tests
{
    // Values of the service's own clients, as the recorded requests give them.
    [Theory]
    [InlineData("", "0")]
    [InlineData("123456789", "11051210869376104954")]
    [InlineData("hello", "11177612005948864433")]
    [InlineData("This is a test of the emergency broadcast system.", "2871916124362751090")]
    public void It_gives_the_published_values(string text, string expected) =>
        Assert.Equal(ulong.Parse(expected, CultureInfo.InvariantCulture), Crc64.Append(0, Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Zeros_count() => Assert.Equal(15337097285471591505, Crc64.Append(0, new byte[102400]));

    [Fact]
    public void Two_runs_combine_to_the_value_of_both()
    {
        var random = new Random(17);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(0, 5000)];
            random.NextBytes(bytes);
            var at = random.Next(0, bytes.Length + 1);
            var (first, second) = (Crc64.Append(0, bytes.AsSpan(0, at)), Crc64.Append(0, bytes.AsSpan(at)));
            var whole = Crc64.Append(0, bytes);
            Assert.Equal(whole, Crc64.Combine(first, second, bytes.Length - at));
            Assert.Equal(whole, Crc64.Append(first, bytes.AsSpan(at)));
        }
        Assert.Equal(11051210869376104954, Crc64.Combine(6748440630437108969, 10278880121275185425, 4));
    }
}
