using System.Net;
using System.Net.NetworkInformation;

namespace EcsImages.Emulator.Tests.Control;

/// <summary>An address of this machine that is not loopback: what calls from there is another machine, as far as the emulator can tell.</summary>
internal static class OwnAddress
{
    public static IPAddress? Found { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(static n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(static n => n.GetIPProperties().UnicastAddresses)
        .Select(static a => a.Address)
        .FirstOrDefault(static a => !IPAddress.IsLoopback(a) && !a.IsIPv6LinkLocal);
}

/// <summary>A test that calls the emulator as another machine would; skipped where the machine has no network.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithNetworkAttribute : FactAttribute
{
    public FactWithNetworkAttribute()
    {
        if (OwnAddress.Found is null) Skip = "This machine has no address but loopback.";
    }
}

/// <summary>Such a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryWithNetworkAttribute : TheoryAttribute
{
    public TheoryWithNetworkAttribute()
    {
        if (OwnAddress.Found is null) Skip = "This machine has no address but loopback.";
    }
}
