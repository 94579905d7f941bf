using System.Net;
using System.Text;
using EcsImages.Emulator.Control;

namespace EcsImages.Emulator;

/// <summary>What is said at the start: where everything is, and how to point clients at it, ready to paste.</summary>
internal static class ClientGuide
{
    public static string For(Uri address, EmulatorOptions options)
    {
        var key = options.AccessKeys[0];
        var guide = new StringBuilder($$"""

            State: {{options.Path}}{{(options.IsEphemeral ? " (deleted at the end)" : "")}}
            Access key: {{key.Id}}, of account {{key.Account}}
            The port speaks https too, and CONNECT. A client is to trust {{Connections.CertificateAuthority.PublicFileIn(options.Path)}}
              NODE_EXTRA_CA_CERTS, SSL_CERT_FILE or --cacert; also at {{address.GetLeftPart(UriPartial.Authority)}}/_emulator/ca.pem

            """);
        if (!IPAddress.IsLoopback(options.Address)) guide.Append(Remote(options));
        foreach (var snippet in ClientSnippets.For(address, key, Path.Combine(options.Path, "emulator-ca.pem")))
        {
            guide.Append('\n').Append(snippet.Client).Append('\n');
            foreach (var line in snippet.Lines.ReplaceLineEndings("\n").Split('\n')) guide.Append("  ").Append(line).Append('\n');
        }
        return guide.Append("\nPress Ctrl+C to end.").ToString();
    }

    private static string Remote(EmulatorOptions options) => $$"""
        Other machines need an access key{{(options.AccessKeys.Contains(EmulatorOptions.DefaultKey) ? "; this one is public: name others with --access-key" : "")}}.
        /_emulator/ and the metadata service answer {{(options.Control.HasToken
            ? $"them to the header {ControlAccess.Header} with the token"
            : $"this machine only, as {ControlAccess.Variable} is not set")}}.

        """;
}
