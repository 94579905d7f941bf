using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Files;

/// <summary>Where a file is said to have bytes, and where holes.</summary>
public sealed class FileSourceTests
{
    private const int KiB64 = 64 * 1024, Length = 64 * KiB64;

    [Fact]
    public async Task A_file_tells_what_is_stored_and_what_is_a_hole_in_whatever_order_it_is_asked()
    {
        var path = Path.GetTempFileName();
        try
        {
            var bytes = new byte[Length];
            bytes.AsSpan(5 * KiB64, 9 * KiB64).Fill(1);
            bytes.AsSpan(40 * KiB64, KiB64).Fill(2);
            using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.SetLength(file, Length);
                RandomAccess.Write(file, bytes.AsSpan(5 * KiB64, 9 * KiB64), 5 * KiB64);
                RandomAccess.Write(file, bytes.AsSpan(40 * KiB64, KiB64), 40 * KiB64);
            }
            await using var source = FileSource.Open(path);
            var random = new Random(20261201);
            var holes = 0;
            for (var i = 0; i < 2000; i++)
            {
                var offset = random.Next(Length);
                var range = source.RangeAt(offset);
                Assert.Equal(offset, range.Start);
                Assert.InRange(range.End, offset + 1, Length);
                if (!range.IsZero) continue;
                Assert.False(bytes.AsSpan(offset, (int)range.Length).ContainsAnyExcept((byte)0), $"[{range.Start}, {range.End}) would be a hole.");
                holes++;
            }
            if (OperatingSystem.IsLinux()) Assert.InRange(holes, 1500, 1999);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
