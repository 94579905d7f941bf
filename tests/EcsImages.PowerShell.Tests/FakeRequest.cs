using System.Text;
using System.Text.RegularExpressions;

namespace EcsImages.PowerShell.Tests;

/// <summary>A request as it came: its request line and headers.</summary>
internal sealed partial record FakeRequest(string Head)
{
    /// <summary>The form that it carried.</summary>
    public string Body { get; private init; } = "";

    public string Action => ActionHeader().Match(Head).Groups[1].Value;

    public string? Query(string name) => Regex.Match(Head.Split('\n')[0], $"[?&]{name}=([^& ]*)") is { Success: true } found ? Uri.UnescapeDataString(found.Groups[1].Value) : null;

    public static async Task<FakeRequest> ReadAsync(Stream stream, CancellationToken stop)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, stop);
            head.Append((char)one[0]);
        }
        var length = LengthHeader().Match(head.ToString()) is { Success: true } found ? int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop);
        return new FakeRequest(head.ToString()) { Body = Encoding.UTF8.GetString(body) };
    }

    [GeneratedRegex(@"^x-acs-action: *(\S+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex ActionHeader();

    [GeneratedRegex(@"^content-length: *(\d+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex LengthHeader();
}
