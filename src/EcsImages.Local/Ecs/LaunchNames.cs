using System.Globalization;
using System.Text.RegularExpressions;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The names of instances that are launched together: name[begin,digits]tail counts, UniqueSuffix appends 001 and on.</summary>
internal sealed partial class LaunchNames
{
    private readonly string? _name, _host;
    private readonly IReadOnlyList<string> _hosts;
    private readonly bool _suffix;

    public LaunchNames(Call call, Image image, int amount)
    {
        _suffix = amount > 1 && call.Bool("UniqueSuffix") is true;
        (_name, _host, _hosts) = (call.Text("InstanceName"), call.Text("HostName"), call.List("HostNames"));
        if (_host is not null && _hosts.Count > 0) throw Error.Of("InvalidHostname.SingleAndMultiConflict");
        if (_hosts.Count > 0 && _hosts.Count != amount) throw Error.Of("InvalidHostname.SizeInvalid", _hosts.Count, amount);
        if (_name is not null && !NameRule.IsName(Numbered(_name, amount - 1))) throw Error.Of("InvalidInstanceName.Malformed", _name);
        foreach (var host in _hosts.Concat(_host is null ? [] : [Numbered(_host, amount - 1)]))
            if (!IsHost(host, image.OsType)) throw Error.Of("InvalidHostName.Malformed", host);
    }

    /// <summary>Whether a machine with that operating system may be called so.</summary>
    public static bool IsHost(string host, string osType) =>
        host.Length >= 2 && host.Length <= (osType == "windows" ? 15 : 64) && Host().IsMatch(host) && !host.All(char.IsAsciiDigit);

    public string Name(int index, string id) => _name is null ? id : Numbered(_name, index);

    public string HostName(int index, string id) =>
        _hosts.Count > 0 ? _hosts[index] : _host is not null ? Numbered(_host, index) : "iZ" + id[2..] + "Z";

    private string Numbered(string name, int index)
    {
        if (Counting().Match(name) is { Success: true } match)
        {
            var begin = match.Groups[2].Length == 0 ? 0 : int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            var digits = match.Groups[3].Length == 0 ? 6 : int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
            return match.Groups[1].Value + (begin + index).ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + match.Groups[4].Value;
        }
        return _suffix ? name + (index + 1).ToString("D3", CultureInfo.InvariantCulture) : name;
    }

    [GeneratedRegex(@"^([^\[\]]*)\[(\d{0,6}),([1-6]?)\]([^\[\]]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Counting();

    [GeneratedRegex(@"^[A-Za-z0-9]+([-.][A-Za-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
