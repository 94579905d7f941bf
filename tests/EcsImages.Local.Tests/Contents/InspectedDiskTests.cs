using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Files;
using EcsImages.Local.Contents.Synthetic;

namespace EcsImages.Local.Tests.Contents;

/// <summary>What looks at the disk of a public image finds what the image's attributes say.</summary>
public sealed class InspectedDiskTests : IDisposable
{
    private readonly string _disk = Path.GetTempFileName();

    public void Dispose() => File.Delete(_disk);

    [Theory]
    [InlineData("linux", "UEFI-Preferred", "x86_64")]
    [InlineData("linux", "UEFI", "arm64")]
    [InlineData("linux", "BIOS", null)]
    [InlineData("windows", "UEFI", null)]
    public async Task The_disk_of_a_public_image_is_laid_out_as_its_attributes_say(string os, string boot, string? architecture)
    {
        var synthetic = new SyntheticDisk { Seed = "m-1", SizeGiB = 40, OsType = os, BootMode = boot, Architecture = architecture ?? "x86_64", Label = "system" };
        using (var file = File.OpenHandle(_disk, FileMode.Open, FileAccess.Write))
        {
            RandomAccess.SetLength(file, synthetic.Length);
            foreach (var piece in synthetic.Write()) RandomAccess.Write(file, piece.Bytes.Span, piece.Offset);
        }
        await using var disk = await new DiskOpening().OpenAsync(FileSource.Open(_disk), CancellationToken.None);
        var found = await DiskInspector.RunAsync(disk, CancellationToken.None);
        Assert.Empty(found.Remarks);
        Assert.Equal((os, boot, architecture), (found.OSType, found.BootMode, found.Architecture));
        // Nothing on it boots.
        Assert.Equal((false, false, false), (found.CanBootBios, found.CanBootUefi, found.IsRootRead));
        Assert.Equal("system", found.Partitions[^1].Label, ignoreCase: true);
    }
}
