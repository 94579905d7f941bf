using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EcsImages.Emulator.Control;

/// <summary>Who may ask the emulator itself, and the metadata service: neither asks for a key. This machine may, and elsewhere who has the token.</summary>
/// <param name="token">What other machines have to send; without it they are refused.</param>
internal sealed class ControlAccess(string? token)
{
    /// <summary>Names the token. A variable, and no option: other users of the machine see command lines.</summary>
    public const string Variable = "ECS_EMULATOR_CONTROL_TOKEN";

    /// <summary>The header that brings it.</summary>
    public const string Header = "X-Ecs-Emulator-Token";

    /// <summary>What those hear who may not.</summary>
    public const string Refusal = $"From another machine this needs the header {Header} with the token that the emulator found in {Variable} at its start.";

    // A proxy on this machine asks for others.
    private static readonly string[] Forwarding = ["X-Forwarded-For", "Forwarded"];

    // Of one length, so that comparing tells nothing.
    private readonly byte[]? _token = token?.Trim() is { Length: > 0 } text ? Hash(text) : null;

    /// <summary>Whether other machines can be let in.</summary>
    public bool HasToken => _token is not null;

    /// <param name="from">Where the request comes from.</param>
    /// <param name="headers">What it brings.</param>
    public bool Allows(IPAddress? from, IHeaderDictionary headers) =>
        (from is not null && IsHere(from) && !Forwarding.Any(headers.ContainsKey))
        || (_token is not null && headers[Header] is [{ } brought] && CryptographicOperations.FixedTimeEquals(_token, Hash(brought)));

    // A socket of both families shows the addresses of version 4 as those of version 6.
    private static bool IsHere(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
