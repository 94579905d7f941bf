using System.Globalization;

namespace EcsImages.Core.Disks;

/// <summary>A disk-image file is not what it says it is, or uses what cannot be read here.</summary>
internal sealed class DiskFormatException : Exception
{
    /// <param name="name">The file.</param>
    /// <param name="problem">What is wrong, as a clause that follows the name.</param>
    /// <param name="offset">Where in the file, in bytes.</param>
    public DiskFormatException(string name, string problem, long? offset = null)
        : base(offset is { } at ? $"'{name}' is damaged at byte {at.ToString(CultureInfo.InvariantCulture)}: {problem}." : $"'{name}' cannot be used: {problem}.") =>
        Offset = offset;

    /// <summary>Where in the file the damage lies; null where the file is whole but cannot be used.</summary>
    public long? Offset { get; }
}
