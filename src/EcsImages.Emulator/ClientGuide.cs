namespace EcsImages.Emulator;

/// <summary>How to point clients at the emulator, ready to paste.</summary>
internal static class ClientGuide
{
    public static string For(Uri address, EmulatorOptions options)
    {
        var key = options.AccessKeys[0];
        var host = address.Authority;
        return $$"""

            State: {{options.Path}}{{(options.IsEphemeral ? " (deleted at the end)" : "")}}
            Access key: {{key.Id}}, of account {{key.Account}}
            The port speaks https too, and CONNECT. A client is to trust {{Connections.CertificateAuthority.PublicFileIn(options.Path)}}
              NODE_EXTRA_CA_CERTS, SSL_CERT_FILE or --cacert; also at {{address.GetLeftPart(UriPartial.Authority)}}/_emulator/ca.pem

              PowerShell   Connect-EcsAccount -Endpoint {{address.GetLeftPart(UriPartial.Authority)}} -RegionId cn-hangzhou -Credential (Get-Credential {{key.Id}})
              Node.js      new OpenApi.Config(accessKeyId: '{{key.Id}}', accessKeySecret: '...', endpoint: '{{host}}', protocol: 'http')
              ali-oss      new OSS({ accessKeyId: '{{key.Id}}', accessKeySecret: '...', endpoint: 'http://localhost:{{address.Port}}', sldEnable: true, bucket: '...' })
              ossutil      ossutil ls -e {{address.GetLeftPart(UriPartial.Authority)}} -i {{key.Id}} -k ... --region cn-hangzhou
              curl         curl -x {{address.GetLeftPart(UriPartial.Authority)}} http://ecs.cn-hangzhou.aliyuncs.com/...

            Press Ctrl+C to end.
            """;
    }
}
