using System.IO.Pipelines;
using System.Net.Security;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EcsImages.Emulator.Connections;

/// <summary>HTTP, HTTPS and CONNECT on one port. A tunnel leads to the emulator itself, whatever host it names; nothing is forwarded to anywhere.</summary>
internal sealed class ConnectionFront(AllowedHosts hosts, ServerCertificates certificates, TimeSpan patience)
{
    public void Attach(ListenOptions listen)
    {
        ConnectionDelegate http = null!;
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(tls => connection => ServeAsync(connection, tls, http));
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = patience,
            OnConnection = context => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificates.For(context.ClientHelloInfo.ServerName),
            }),
        });
        // What comes after TLS: what does not begin with it goes there at once.
        listen.Use(next => http = next);
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate tls, ConnectionDelegate http)
    {
        var kind = OpeningKind.Unknown;
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed))
        {
            limit.CancelAfter(patience);
            try
            {
                kind = await OpenAsync(connection.Transport, isTunnel: false, limit.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // It went away, or took longer to say what it wants than anybody needs.
            }
        }
        await (kind switch { OpeningKind.Tls => tls(connection), OpeningKind.Http => http(connection), _ => Task.CompletedTask }).ConfigureAwait(false);
    }

    private async Task<OpeningKind> OpenAsync(IDuplexPipe transport, bool isTunnel, CancellationToken stop)
    {
        while (true)
        {
            var read = await transport.Input.ReadAsync(stop).ConfigureAwait(false);
            var opening = Opening.Read(read.Buffer);
            var isConnect = opening.Kind == OpeningKind.Connect;
            var isMore = opening.Kind == OpeningKind.Unknown && !read.IsCompleted;
            // What was looked at but not taken is still there for whoever comes next.
            transport.Input.AdvanceTo(isConnect ? opening.End : read.Buffer.Start, isConnect ? opening.End : isMore ? read.Buffer.End : read.Buffer.Start);
            if (isMore) continue;
            if (opening.Kind is OpeningKind.Http or OpeningKind.Tls or OpeningKind.Unknown) return opening.Kind;
            if (!isConnect || isTunnel) return await RefuseAsync(transport, "400 Bad Request", "CONNECT is 'CONNECT host:port HTTP/1.1', and comes once a connection.", stop).ConfigureAwait(false);
            if (!hosts.Allows(opening.Target)) return await RefuseAsync(transport, "403 Forbidden", "This emulator answers for no such host, and forwards nothing. Start it with --host-name to add a name.", stop).ConfigureAwait(false);
            await transport.Output.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop).ConfigureAwait(false);
            isTunnel = true;
        }
    }

    private static async Task<OpeningKind> RefuseAsync(IDuplexPipe transport, string status, string why, CancellationToken stop)
    {
        var reply = $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {why.Length + 1}\r\nConnection: close\r\n\r\n{why}\n";
        await transport.Output.WriteAsync(Encoding.ASCII.GetBytes(reply), stop).ConfigureAwait(false);
        return OpeningKind.BadConnect;
    }
}
