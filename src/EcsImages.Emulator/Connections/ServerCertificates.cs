using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EcsImages.Emulator.Connections;

/// <summary>A certificate for each name that a client asks for, made when it first does: no list of names goes stale, however deep a bucket's name is.</summary>
internal sealed class ServerCertificates(CertificateAuthority authority, AllowedHosts hosts, EmulatorOptions options, TimeProvider clock) : IDisposable
{
    // As many names as a client may have made; beyond it the oldest go.
    private const int Most = 256;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan Margin = TimeSpan.FromDays(30);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Dictionary<string, Issued> _issued = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();
    private readonly Lock _gate = new();

    public CertificateAuthority Authority => authority;

    /// <summary>The certificate for that name; for none, and for one that is not answered to, that of the machine's own names.</summary>
    public SslStreamCertificateContext For(string? name)
    {
        var known = name is { Length: > 0 and <= 253 } && Uri.CheckHostName(name) == UriHostNameType.Dns && hosts.Allows(name) ? name : "localhost";
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_issued.TryGetValue(known, out var issued) && issued.Ends - now > Margin) return issued.Context;
            if (issued is null) _order.Enqueue(known);
            // A handshake may still use the one that goes: nobody disposes of it.
            if (_order.Count > Most) _issued.Remove(_order.Dequeue());
            issued = Issue(known, now);
            _issued[known] = issued;
            return issued.Context;
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        authority.Dispose();
    }

    private Issued Issue(string name, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=EcsImage emulator", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(Names(name));
        var signed = authority.Sign(request, now, Lifetime);
        return new Issued(SslStreamCertificateContext.Create(WithKey(signed), additionalCertificates: null, offline: true), signed.NotAfter);
    }

    // Clients that connect by address send no name, so the addresses stand in each.
    private X509Extension Names(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name != "localhost") names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        if (!IPAddress.IsLoopback(options.Address) && !options.Address.Equals(IPAddress.Any) && !options.Address.Equals(IPAddress.IPv6Any))
            names.AddIpAddress(options.Address);
        return names.Build();
    }

    private X509Certificate2 WithKey(X509Certificate2 signed)
    {
        var own = signed.CopyWithPrivateKey(_key);
        // Windows serves TLS only with keys that came from a key file.
        if (!OperatingSystem.IsWindows()) return own;
        using (own) return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null);
    }

    private sealed record Issued(SslStreamCertificateContext Context, DateTimeOffset Ends);
}
