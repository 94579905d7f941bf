namespace EcsImages.Core.Oss;

/// <summary>How large the parts of an object are, in bytes.</summary>
/// <remarks>
/// Small ones lose little when something breaks, large ones cost fewer requests, and each number is bounded. Source of the service's bounds: its
/// help page on multipart upload (10,000 parts of 100 KiB to 5 GiB, 48.8 TiB in all).
/// </remarks>
internal static class PartSizes
{
    /// <summary>No part of an upload but the last may be smaller.</summary>
    public const long Least = 100 * 1024;

    /// <summary>No part may be larger.</summary>
    public const long Most = 5L << 30;

    /// <summary>No upload may have more parts.</summary>
    public const int MostParts = 10_000;

    /// <summary>No object may be larger: 48.8 TiB.</summary>
    public const long MostObject = (long)(48.8 * (1L << 40));

    private const long MiB = 1 << 20;

    /// <summary>Of an upload: a hundredth of the object, but 4 to 16 MiB; more where there would be over 10,000 parts.</summary>
    public static long OfUpload(long length) => Math.Max(Math.Clamp(WholeMiB(length / 100), 4 * MiB, 16 * MiB), WholeMiB(length / MostParts));

    /// <summary>Of a download: 8 MiB; more where there would be over 50,000 parts, each of which takes a line and some memory.</summary>
    public static long OfDownload(long length) => Math.Max(8 * MiB, WholeMiB(length / 50_000));

    /// <summary>How many parts of a download one request brings: so few that each of those under way has four requests to make, and none is long behind the others; 64 at most.</summary>
    public static int OfRun(int parts, int parallel) => Math.Clamp(parts / (4 * parallel), 1, 64);

    /// <summary>How many parts there are.</summary>
    public static int Count(long length, long part) => checked((int)((length + part - 1) / part));

    private static long WholeMiB(long length) => (length / MiB + 1) * MiB;
}
