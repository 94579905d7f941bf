namespace EcsImages.Core.Disks;

/// <summary>The content of a virtual disk, whatever holds it. Reads may come from several threads.</summary>
internal interface IDisk : IAsyncDisposable
{
    /// <summary>For messages: the file that holds it.</summary>
    string Name => $"{Format.Name()} disk";

    /// <summary>How it is stored.</summary>
    DiskFormat Format { get; }

    /// <summary>The size of the disk that a machine sees, in bytes.</summary>
    long Length { get; }

    /// <summary>The size of the sectors that a machine sees, in bytes: 512, where the file does not say otherwise.</summary>
    int SectorSize => 512;

    /// <summary>What is worth knowing about the file, such as that it was not closed cleanly.</summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>What may keep the service from importing the file as it is.</summary>
    DiskTraits Traits => DiskTraits.None;

    /// <summary>Fills the whole buffer from an offset within the length.</summary>
    /// <exception cref="DiskFormatException">What the range needs is damaged.</exception>
    ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop);

    /// <summary>What lies at an offset within the length, up to where that changes or is no longer known cheaply.</summary>
    ValueTask<DiskRange> RangeAtAsync(long offset, CancellationToken stop);
}
