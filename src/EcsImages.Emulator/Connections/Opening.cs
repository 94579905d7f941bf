using System.Buffers;
using System.Text;

namespace EcsImages.Emulator.Connections;

/// <summary>What a connection begins with.</summary>
internal enum OpeningKind
{
    /// <summary>More bytes are needed to tell.</summary>
    Unknown,

    /// <summary>A request of HTTP, or what the HTTP parser is to refuse.</summary>
    Http,

    Tls,

    /// <summary>A complete request for a tunnel.</summary>
    Connect,

    /// <summary>A request for a tunnel that never ends, or is none.</summary>
    BadConnect,
}

/// <summary>Reads the first bytes of a connection, and no further than they go.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Target">Of a tunnel: host and port, as sent.</param>
/// <param name="End">Of a tunnel: where its request ends.</param>
internal readonly record struct Opening(OpeningKind Kind, string Target = "", SequencePosition End = default)
{
    /// <summary>The longest request for a tunnel, in bytes.</summary>
    public const int MostBytes = 8192;

    private const byte TlsHandshake = 0x16;

    private static ReadOnlySpan<byte> Method => "CONNECT "u8;

    public static Opening Read(ReadOnlySequence<byte> bytes)
    {
        Span<byte> start = stackalloc byte[Method.Length];
        var length = (int)Math.Min(bytes.Length, start.Length);
        bytes.Slice(0, length).CopyTo(start);
        start = start[..length];
        if (length == 0) return new(OpeningKind.Unknown);
        if (start[0] == TlsHandshake) return new(OpeningKind.Tls);
        if (!Method.StartsWith(start)) return new(OpeningKind.Http);
        var reader = new SequenceReader<byte>(bytes);
        if (reader.TryReadTo(out ReadOnlySequence<byte> head, "\r\n\r\n"u8) && head.Length <= MostBytes) return Tunnel(head, reader.Position);
        return new(bytes.Length > MostBytes ? OpeningKind.BadConnect : OpeningKind.Unknown);
    }

    // The fields that follow say nothing that a tunnel to oneself needs.
    private static Opening Tunnel(ReadOnlySequence<byte> head, SequencePosition end)
    {
        var line = Encoding.ASCII.GetString(head.ToArray()).Split("\r\n", 2)[0];
        return line.Split(' ') is [_, var target, "HTTP/1.1" or "HTTP/1.0"] && HasHostAndPort(target)
            ? new(OpeningKind.Connect, target, end) : new(OpeningKind.BadConnect);
    }

    private static bool HasHostAndPort(string target) =>
        target.LastIndexOf(':') is > 0 and var colon && !target.AsSpan().ContainsAnyInRange('\0', ' ')
        && ushort.TryParse(target.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) && port > 0;
}
