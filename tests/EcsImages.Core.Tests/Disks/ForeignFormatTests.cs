using EcsImages.Core.Disks;

namespace EcsImages.Core.Tests.Disks;

/// <summary>What says that it is something else is no raw disk.</summary>
public sealed class ForeignFormatTests
{
    /// <summary>How a file begins, in hexadecimal, and a word of what is said of it.</summary>
    public static TheoryData<string, string> Beginnings => new()
    {
        { "FD377A585A00", "xz -dk" },
        { "28B52FFD", "zstd -d" },
        { "425A6839314159265359", "bzip2 -dk" },
        { "1F8B08", "gzip -dk" },
        { "504B0304", "unzip" },
        { "504B0506", "unzip" },
        { "504B0708", "unzip" },
        { "377ABCAF271C", "7z x" },
        { "526172211A07", "unrar x" },
        { "04224D18", "lz4 -d" },
        { "02214C18", "lz4 -d" },
        { "894C5A4F000D0A1A0A", "lzop -d" },
        { Hex("COWD\u0001\0\0\0"), "vmkfstools -i" },
        { "BEBAFECA00000000", "vmkfstools -i" },
        { Hex("QED\0"), "QED" },
        { Hex("WithoutFreeSpace"), "Parallels" },
        { Hex("WithouFreSpacExt"), "Parallels" },
        { Hex("Bochs Virtual HD Image"), "Bochs" },
        { Hex("#!/bin/sh\n#V2.0 Format\nmodprobe cloop"), "cloop" },
        { Hex("MSWIM\0\0\0"), "WIM" },
        { Hex("encrcdsa"), "hdiutil" },
        { Hex("<?xml version"), "Name the disk" },
        { Hex("<!DOCTYPE html>"), "page of the web" },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task A_file_that_begins_as_another_kind_is_refused_with_what_to_do(string beginning, string words)
    {
        var file = DiskPattern.Make(1 << 20, seed: 11);
        Convert.FromHexString(beginning).CopyTo(file, 0);
        (file[510], file[511]) = (0, 0);
        var refused = await Assert.ThrowsAsync<DiskFormatException>(() => new DiskOpening().OpenAsync(new MemorySource(file), CancellationToken.None).AsTask());
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        await using var asItIs = await new DiskOpening { Format = DiskFormat.Raw }.OpenAsync(new MemorySource(file), CancellationToken.None);
        Assert.Equal(file.Length, asItIs.Length);
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task Boot_code_may_begin_like_anything_that_is_short(string beginning, string words)
    {
        var magic = Convert.FromHexString(beginning);
        if (magic.Length >= 6) return;
        foreach (var isGpt in (bool[])[false, true])
        {
            var disk = new byte[1 << 20];
            magic.CopyTo(disk, 0);
            if (isGpt) "EFI PART"u8.CopyTo(disk.AsSpan(512));
            else (disk[510], disk[511]) = (0x55, 0xAA);
            Assert.True(await DiskOpening.DetectAsync(new MemorySource(disk), CancellationToken.None) is DiskFormat.Raw, words);
        }
    }

    [Fact]
    public async Task An_image_of_macOS_is_known_by_its_end()
    {
        byte[] file = [.. DiskPattern.Make(1 << 20, seed: 11), .. "koly"u8, 0, 0, 0, 4, 0, 0, 2, 0, .. new byte[500]];
        var refused = await Assert.ThrowsAsync<DiskFormatException>(() => DiskOpening.DetectAsync(new MemorySource(file), CancellationToken.None).AsTask());
        Assert.Contains("DMG", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_within_what_was_unpacked_is_refused()
    {
        var tar = TestPackage.Tar(("disk.raw", new byte[4096]));
        await Assert.ThrowsAsync<DiskFormatException>(() => DiskOpening.DetectAsync(new MemorySource(tar), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_short_file_that_says_nothing_is_raw()
    {
        foreach (var length in (int[])[0, 1, 3, 511, 512, 513])
            Assert.Equal(DiskFormat.Raw, await DiskOpening.DetectAsync(new MemorySource(new byte[length]), CancellationToken.None));
    }

    private static string Hex(string text) => Convert.ToHexString(System.Text.Encoding.Latin1.GetBytes(text));
}
