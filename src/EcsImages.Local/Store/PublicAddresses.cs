using System.Globalization;
using System.Security.Cryptography;

namespace EcsImages.Local.Store;

/// <summary>Public addresses: 198.18.0.0/15, which is set apart for tests of networks, and so is nobody's.</summary>
internal static class PublicAddresses
{
    private const int Count = 2 * 256 * 254;

    /// <summary>One that neither an instance nor an elastic address has; null where all are taken.</summary>
    public static string? Free(Session session)
    {
        var start = RandomNumberGenerator.GetInt32(Count);
        for (var i = 0; i < Count; i++)
            if (Text((start + i) % Count) is var address && !IsTaken(session, address)) return address;
        return null;
    }

    private static bool IsTaken(Session session, string address) => session.Scalar<long>(
        "SELECT EXISTS (SELECT 1 FROM instance WHERE public_ip = $address AND public_ip <> '') OR EXISTS (SELECT 1 FROM eip WHERE address = $address)",
        ("address", address)) != 0;

    // Neither .0 nor .255, which look like a network's own.
    private static string Text(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"198.{18 + (number / (256 * 254))}.{number / 254 % 256}.{(number % 254) + 1}");
}
