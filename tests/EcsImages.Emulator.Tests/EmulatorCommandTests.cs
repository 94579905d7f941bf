using System.Net;
using System.Net.Sockets;

namespace EcsImages.Emulator.Tests;

/// <summary>The program from its command line to its exit code.</summary>
public sealed class EmulatorCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--port", "1", "--help")]
    [InlineData("--what-is-this", "-?")]
    public async Task Help_is_shown_wherever_it_is_asked_for(params string[] args)
    {
        Assert.Equal(0, await EmulatorCommand.RunAsync(args, _output, _errors));
        Assert.Equal(EmulatorArguments.Usage, _output.ToString().TrimEnd());
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_told_in_one_line()
    {
        // Of a network that is kept for documentation.
        Assert.Equal(1, await EmulatorCommand.RunAsync(["--listen", "203.0.113.7", "--allow-remote", "--port", "8801", "--ephemeral"], _output, _errors));
        Assert.StartsWith("203.0.113.7:8801 cannot be listened on: ", Assert.Single(Lines(_errors)), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        Assert.Equal(1, await EmulatorCommand.RunAsync(["--port", $"{port}", "--ephemeral"], _output, _errors));
        Assert.Contains($":{port}", Assert.Single(Lines(_errors)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_in_one_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.Equal(1, await EmulatorCommand.RunAsync(["--port", "0", "--path", Path.Combine(file, "state")], _output, _errors));
            Assert.Contains(file, Assert.Single(Lines(_errors)), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task One_that_is_told_to_end_while_it_starts_ends_well()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.Equal(0, await EmulatorCommand.RunAsync(["--port", "0", "--ephemeral"], _output, _errors, stop.Token));
        Assert.Empty(_output.ToString());
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task One_that_is_told_to_end_as_soon_as_it_serves_ends_well()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StopsAtTheFirstLine(stop);
        Assert.Equal(0, await EmulatorCommand.RunAsync(["--port", "0", "--ephemeral"], output, _errors, stop.Token));
        Assert.Empty(_errors.ToString());
    }

    private static string[] Lines(StringWriter text) => text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class StopsAtTheFirstLine(CancellationTokenSource stop) : StringWriter
    {
        public override async Task WriteLineAsync(string? value)
        {
            await stop.CancelAsync();
            await base.WriteLineAsync(value);
        }
    }
}
