namespace EcsImages.Emulator;

/// <summary>How one client is pointed at the emulator.</summary>
/// <param name="Client">The client.</param>
/// <param name="Language">The language of the lines, as Markdown names it.</param>
/// <param name="Lines">What to paste.</param>
internal sealed record ClientSnippet(string Client, string Language, string Lines);

/// <summary>The lines to paste for each client; the start-up text and docs/emulator.md have the same.</summary>
internal static class ClientSnippets
{
    /// <param name="address">Where the emulator listens.</param>
    /// <param name="key">The access key to show.</param>
    /// <param name="authority">The file of the certificate that clients of https are to trust.</param>
    public static IReadOnlyList<ClientSnippet> For(Uri address, AccessKey key, string authority)
    {
        var (url, host, port) = (address.GetLeftPart(UriPartial.Authority), address.Authority, address.Port);
        // The default pair protects nothing; any other secret is its owner's, and terminals are logged.
        var (id, secret) = (key.Id, key == EmulatorOptions.DefaultKey ? key.Secret : "SECRET");
        return
        [
            new("This module", "powershell",
                $"Connect-EcsAccount -Endpoint {url} -RegionId cn-hangzhou -Credential ([pscredential]::new('{id}', [Net.NetworkCredential]::new('', '{secret}').SecurePassword))"),
            new("Node.js SDK", "js", $$"""
                const { default: Ecs } = require('@alicloud/ecs20140526');
                const { Config } = require('@alicloud/openapi-client');
                const ecs = new Ecs(new Config({ accessKeyId: '{{id}}', accessKeySecret: '{{secret}}', regionId: 'cn-hangzhou', endpoint: '{{host}}', protocol: 'HTTP' }));
                """),
            new("Python SDK", "python", $"""
                from alibabacloud_ecs20140526.client import Client
                from alibabacloud_tea_openapi.models import Config
                ecs = Client(Config(access_key_id='{id}', access_key_secret='{secret}', region_id='cn-hangzhou', endpoint='{host}', protocol='HTTP'))
                """),
            new("Java SDK", "java",
                $"""Config config = new Config().setAccessKeyId("{id}").setAccessKeySecret("{secret}").setRegionId("cn-hangzhou").setEndpoint("{host}").setProtocol("HTTP");"""),
            new("Go SDK", "go",
                $$"""config := &openapi.Config{AccessKeyId: tea.String("{{id}}"), AccessKeySecret: tea.String("{{secret}}"), RegionId: tea.String("cn-hangzhou"), Endpoint: tea.String("{{host}}"), Protocol: tea.String("HTTP")}"""),
            new("aliyun CLI", "sh",
                $"aliyun ecs DescribeImages --endpoint {host} --insecure --region cn-hangzhou --access-key-id {id} --access-key-secret {secret}"),
            new("Terraform", "hcl", $$"""
                provider "alicloud" {
                  access_key             = "{{id}}"
                  secret_key             = "{{secret}}"
                  region                 = "cn-hangzhou"
                  protocol               = "HTTP"
                  skip_region_validation = true
                  endpoints {
                    ecs    = "{{host}}"
                    oos    = "{{host}}"
                    quotas = "{{host}}"
                    sts    = "{{host}}"
                    ram    = "{{host}}"
                    oss    = "{{url}}"
                  }
                }
                """),
            new("Packer", "sh",
                $"CHECKPOINT_DISABLE=1 HTTP_PROXY={url} HTTPS_PROXY={url} SSL_CERT_FILE={authority} ALICLOUD_ACCESS_KEY={id} ALICLOUD_SECRET_KEY={secret} packer build template.json"),
            new("ossutil 2", "sh",
                $"ossutil ls -e {url} -i {id} -k {secret} --region cn-hangzhou --addressing-style path"),
            new("ossutil 1", "sh",
                $"ossutil ls -e {url} -i {id} -k {secret}"),
            new("ali-oss", "js", $$"""
                const OSS = require('ali-oss');
                const oss = new OSS({ accessKeyId: '{{id}}', accessKeySecret: '{{secret}}', region: 'oss-cn-hangzhou', endpoint: 'http://localhost:{{port}}', sldEnable: true, bucket: 'my-bucket' });
                """),
            new("curl", "sh",
                $"curl {url}/_emulator/health"),
        ];
    }
}
