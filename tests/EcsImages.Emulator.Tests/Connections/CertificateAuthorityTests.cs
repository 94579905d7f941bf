using System.Security.Cryptography.X509Certificates;
using EcsImages.Core;
using EcsImages.Emulator.Connections;

namespace EcsImages.Emulator.Tests.Connections;

/// <summary>Whom clients are told to trust, and for how long.</summary>
public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-emulator-test-").FullName;
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_authority_of_a_folder_stays_the_same_until_it_ends_soon()
    {
        var first = Open();
        _clock.Now += TimeSpan.FromDays(4 * 365);
        Assert.Equal(first, Open());
        _clock.Now += TimeSpan.FromDays(300);
        var renewed = Open();
        Assert.NotEqual(first, renewed);
        Assert.Equal(renewed, File.ReadAllText(CertificateAuthority.PublicFileIn(_folder)));
    }

    [Fact]
    public void The_private_key_is_for_its_owner_alone_and_nowhere_else()
    {
        Open();
        var secret = Assert.Single(Directory.GetFiles(_folder), static f => File.ReadAllText(f).Contains("PRIVATE KEY", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
    }

    [Fact]
    public void A_damaged_authority_is_named_and_not_replaced()
    {
        Open();
        var file = Path.Combine(_folder, "emulator-ca-key.pem");
        File.WriteAllText(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        var error = Assert.Throws<LocalEndpointException>(Open);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sts.aliyuncs.com")]
    [InlineData("ecs.cn-hangzhou.aliyuncs.com")]
    [InlineData("bucket.oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("bucket.oss.localhost")]
    [InlineData("ecs.example.test")]
    public void Each_name_that_is_answered_to_gets_a_certificate_that_clients_verify(string name)
    {
        using var authority = CertificateAuthority.Open(_folder, TimeProvider.System);
        using var certificates = Certificates(authority, TimeProvider.System);
        var leaf = certificates.For(name).TargetCertificate;
        Assert.True(leaf.MatchesHostname(name));
        Assert.True(leaf.MatchesHostname("127.0.0.1"));
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        using var root = X509Certificate2.CreateFromPem(authority.Pem);
        chain.ChainPolicy.CustomTrustStore.Add(root);
        Assert.True(chain.Build(leaf), string.Join("; ", chain.ChainStatus.Select(static s => s.StatusInformation)));
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("aliyuncs.com.example.com")]
    [InlineData("not a name.aliyuncs.com")]
    [InlineData(null)]
    public void No_certificate_is_made_for_a_name_that_is_not_answered_to(string? name)
    {
        using var authority = CertificateAuthority.Open(_folder, _clock);
        using var certificates = Certificates(authority, _clock);
        Assert.Same(certificates.For("localhost"), certificates.For(name));
    }

    [Fact]
    public void A_certificate_is_kept_until_it_ends_soon()
    {
        using var authority = CertificateAuthority.Open(_folder, _clock);
        using var certificates = Certificates(authority, _clock);
        var first = certificates.For("sts.aliyuncs.com");
        Assert.Same(first, certificates.For("STS.aliyuncs.com"));
        _clock.Now += TimeSpan.FromDays(61);
        var second = certificates.For("sts.aliyuncs.com");
        Assert.True(second.TargetCertificate.NotAfter > first.TargetCertificate.NotAfter);
    }

    [Fact]
    public void However_many_names_are_asked_for_few_are_kept()
    {
        using var authority = CertificateAuthority.Open(_folder, _clock);
        using var certificates = Certificates(authority, _clock);
        var first = certificates.For("bucket0.oss-cn-hangzhou.aliyuncs.com");
        for (var i = 1; i < 400; i++) certificates.For($"bucket{i}.oss-cn-hangzhou.aliyuncs.com");
        Assert.NotSame(first, certificates.For("bucket0.oss-cn-hangzhou.aliyuncs.com"));
        Assert.Same(certificates.For("bucket399.oss-cn-hangzhou.aliyuncs.com"), certificates.For("bucket399.oss-cn-hangzhou.aliyuncs.com"));
    }

    private string Open()
    {
        using var authority = CertificateAuthority.Open(_folder, _clock);
        return authority.Pem;
    }

    private ServerCertificates Certificates(CertificateAuthority authority, TimeProvider clock)
    {
        var options = new EmulatorOptions { Path = _folder, HostNames = ["example.test"] };
        return new(authority, new AllowedHosts(options), options, clock);
    }
}
