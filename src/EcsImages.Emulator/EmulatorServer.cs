using System.Net;
using System.Net.Sockets;
using EcsImages.Core;
using EcsImages.Emulator.Connections;
using EcsImages.Emulator.Control;
using EcsImages.Emulator.Metadata;
using EcsImages.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EcsImages.Emulator;

/// <summary>The embedded endpoint behind a socket.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly LocalEndpoint _endpoint;
    private readonly ServerCertificates _certificates;

    private EmulatorServer(WebApplication web, LocalEndpoint endpoint, ServerCertificates certificates) =>
        (_web, _endpoint, _certificates) = (web, endpoint, certificates);

    /// <summary>Such as http://127.0.0.1:8801; https is answered there too.</summary>
    public Uri Address
    {
        get
        {
            var bound = new Uri(_web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
            return new UriBuilder(bound) { Scheme = Uri.UriSchemeHttp, Port = bound.Port }.Uri;
        }
    }

    /// <exception cref="LocalEndpointException">The folder cannot be used.</exception>
    /// <exception cref="IOException">The address or its port cannot be listened on.</exception>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions options, CancellationToken stop)
    {
        var clock = new EmulatorClock(options.Clock);
        var endpoint = await Task.Run(() => LocalEndpoint.Open(
            new LocalEndpointOptions { Path = options.Path, Speed = options.Speed, Clock = clock }, stop, options.Checks), stop).ConfigureAwait(false);
        ServerCertificates? certificates = null;
        WebApplication? web = null;
        var isServing = false;
        try
        {
            foreach (var key in options.AccessKeys)
                await endpoint.AddKeyAsync(new(key.Id, key.Secret, key.SecurityToken), key.Account, stop).ConfigureAwait(false);
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            var hosts = new AllowedHosts(options);
            // TLS goes by the machine's clock, as its clients do, however far the emulator's is ahead.
            certificates = new ServerCertificates(CertificateAuthority.Open(options.Path, TimeProvider.System), hosts, options, TimeProvider.System);
            var connections = new ConnectionFront(hosts, certificates, options.Patience);
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, options, connections));
            web = builder.Build();
            var (faults, log) = (new Faults(), new RequestLog());
            var throttle = options.CallsPerSecond is { } rate ? new CallThrottle(rate, clock) : null;
            var oss = new OssFront(endpoint.Oss.Under(options.OssHosts()), faults, log, clock);
            var sessions = new SessionShelf(new RoleSessionKeys(endpoint, clock), clock);
            var metadata = new MetadataFront(sessions, new MetadataTokens(clock), options.Control, new InstanceMetadata { Account = options.AccessKeys[0].Account });
            var front = new HttpFront(
                new FaultyDispatcher(endpoint.Dispatcher, faults, log, throttle, clock),
                new ControlFront(endpoint, clock, faults, log, new SessionControl(sessions, metadata), options.Control, certificates.Authority.Pem),
                metadata,
                oss,
                hosts,
                new Refusals(endpoint.Dispatcher, oss),
                options.Patience);
            web.Run(front.AnswerAsync);
            await web.StartAsync(stop).ConfigureAwait(false);
            isServing = true;
            return new EmulatorServer(web, endpoint, certificates);
        }
        catch (SocketException e)
        {
            // Kestrel tells in words of its own only that a port is taken.
            throw new IOException($"{new IPEndPoint(options.Address, options.Port)} cannot be listened on: {e.Message.TrimEnd('.')}.", e);
        }
        finally
        {
            if (!isServing)
            {
                if (web is not null) await web.DisposeAsync().ConfigureAwait(false);
                certificates?.Dispose();
                await endpoint.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        _certificates.Dispose();
        await _endpoint.DisposeAsync().ConfigureAwait(false);
    }

    private static void Limit(KestrelServerOptions kestrel, EmulatorOptions options, ConnectionFront connections)
    {
        kestrel.Listen(options.Address, options.Port, connections.Attach);
        kestrel.AddServerHeader = false;
        // Metadata of objects go back as they came.
        kestrel.ResponseHeaderEncodingSelector = static _ => System.Text.Encoding.UTF8;
        RequestLimits.Apply(kestrel.Limits, options.Patience);
    }
}
