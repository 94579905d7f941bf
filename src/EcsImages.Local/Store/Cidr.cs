using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EcsImages.Local.Store;

/// <summary>A block of IPv4 addresses, as 172.16.0.0/12.</summary>
internal sealed record Cidr(uint First, int Mask)
{
    private static readonly Cidr[] Private = [new(0x0A00_0000, 8), new(0xAC10_0000, 12), new(0xC0A8_0000, 16)];

    private uint Last => First + (uint)((1UL << (32 - Mask)) - 1);

    /// <summary>Whether all of it is free for networks of one's own.</summary>
    public bool IsPrivate => Private.Any(p => p.Contains(this));

    public bool Contains(Cidr other) => First <= other.First && other.Last <= Last;

    public bool Overlaps(Cidr other) => First <= other.Last && other.First <= Last;

    /// <summary>An address of the block before the mask, with no bit after it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Cidr? block)
    {
        block = null;
        if (text.Split('/') is not [var address, var length] || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var mask) || mask > 32) return false;
        // IPAddress also takes 10.1 and 0xA; a block has all four numbers.
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetwork || parsed.ToString() != address) return false;
        var first = BinaryPrimitives.ReadUInt32BigEndian(parsed.GetAddressBytes());
        if ((first & (uint)((1UL << (32 - mask)) - 1)) != 0) return false;
        block = new(first, mask);
        return true;
    }

    /// <summary>A block, or a single address, of either family: what a rule of a security group takes.</summary>
    public static bool IsRange(string text, AddressFamily family)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address) || address.AddressFamily != family) return false;
        var most = family == AddressFamily.InterNetwork ? 32 : 128;
        return parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var mask) && mask <= most);
    }
}
