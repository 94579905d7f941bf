using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EcsImages.Local.Store;

/// <summary>The addresses of a vSwitch; the first one and the last three are the service's.</summary>
internal sealed class AddressRange
{
    private readonly uint _first, _last;

    public AddressRange(string cidr)
    {
        var parts = cidr.Split('/');
        var size = 1u << (32 - int.Parse(parts[1], CultureInfo.InvariantCulture));
        var start = Number(IPAddress.Parse(parts[0]));
        (_first, _last) = (start + 1, start + size - 4);
    }

    public int Count => (int)(_last - _first + 1);

    /// <summary>The lowest addresses that are not taken.</summary>
    public IEnumerable<string> Free(IReadOnlySet<string> taken)
    {
        for (var number = _first; number <= _last; number++)
            if (Text(number) is var address && !taken.Contains(address)) yield return address;
    }

    public bool Contains(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && Number(address) is var number && number >= _first && number <= _last;

    /// <summary>The addresses that instances of the vSwitch have.</summary>
    public static HashSet<string> Taken(Session session, string vswitch) => session.List(
        "SELECT private_ip FROM instance WHERE vswitch = $vswitch AND private_ip <> ''", static r => r.GetString(0), ("vswitch", vswitch))
        .ToHashSet(StringComparer.Ordinal);

    private static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static string Text(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes).ToString();
    }
}
