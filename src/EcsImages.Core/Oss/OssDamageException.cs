namespace EcsImages.Core.Oss;

/// <summary>What arrived, there or here, is not what was sent: the attempt may be repeated.</summary>
internal sealed class OssDamageException(string message) : Exception(message)
{
    /// <summary>The code of the error, where it cannot be repeated any more.</summary>
    public const string Code = "ChecksumMismatch";

    /// <summary>Compares what was sent with what the other side says that it has.</summary>
    /// <exception cref="OssDamageException">They differ.</exception>
    public static void Check(ulong sent, ulong? received)
    {
        if (received is { } crc && crc != sent)
            throw new OssDamageException($"The bytes were changed on their way: CRC-64 {sent} was sent and {crc} received. If it happens again, look for a proxy between.");
    }
}
