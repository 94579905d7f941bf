using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EcsImages.Core;

namespace EcsImages.Emulator.Connections;

/// <summary>The emulator's own certificate authority. It stays in the folder, so that a client that was told to trust it need not be told again.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string PublicName = "emulator-ca.pem";
    // Key and certificate in one file: they are replaced together or not at all.
    private const string PrivateName = "emulator-ca-key.pem";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(5 * 365);
    private static readonly TimeSpan Margin = TimeSpan.FromDays(180);

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate, string publicFile)
    {
        _certificate = certificate;
        PublicFile = publicFile;
        Pem = certificate.ExportCertificatePem() + "\n";
    }

    /// <summary>The certificate alone, as it is handed to clients.</summary>
    public string Pem { get; }

    /// <summary>Where the certificate stands.</summary>
    public string PublicFile { get; }

    /// <summary>Where the certificate of an emulator in that folder stands.</summary>
    public static string PublicFileIn(string folder) => Path.Combine(folder, PublicName);

    /// <summary>The authority of the folder; a new one where there is none, or where it ends soon.</summary>
    /// <exception cref="LocalEndpointException">Its files cannot be read or written.</exception>
    public static CertificateAuthority Open(string folder, TimeProvider clock)
    {
        var file = Path.Combine(folder, PrivateName);
        try
        {
            var certificate = File.Exists(file) ? X509Certificate2.CreateFromPemFile(file) : null;
            if (certificate is null || certificate.NotAfter.ToUniversalTime() - clock.GetUtcNow() < Margin)
            {
                certificate?.Dispose();
                WriteNew(file, clock.GetUtcNow());
                certificate = X509Certificate2.CreateFromPemFile(file);
            }
            var authority = new CertificateAuthority(certificate, PublicFileIn(folder));
            authority.Publish();
            return authority;
        }
        catch (CryptographicException e)
        {
            throw new LocalEndpointException("LocalFolderInvalid", $"{file} is damaged: {e.Message} Delete it; the emulator then makes a new authority, which clients must be told to trust.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalEndpointException("LocalFolderInvalid", $"The certificate authority in {folder} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Signs a certificate that ends no later than the authority's own.</summary>
    public X509Certificate2 Sign(CertificateRequest request, DateTimeOffset now, TimeSpan lifetime)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var (from, to) = (Later(now.AddDays(-1), _certificate.NotBefore), Earlier(now + lifetime, _certificate.NotAfter));
        return request.Create(_certificate, from, to, SerialNumber());
    }

    public void Dispose() => _certificate.Dispose();

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        // Positive, and of full length.
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }

    private static void WriteNew(string file, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=EcsImage emulator CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-2), now + Lifetime);
        Replace(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n", isSecret: true);
    }

    private void Publish()
    {
        if (!File.Exists(PublicFile) || File.ReadAllText(PublicFile) != Pem) Replace(PublicFile, Pem, isSecret: false);
    }

    private static void Replace(string file, string text, bool isSecret)
    {
        var fresh = $"{file}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, options)) writer.Write(text);
        File.Move(fresh, file, overwrite: true);
    }
}
