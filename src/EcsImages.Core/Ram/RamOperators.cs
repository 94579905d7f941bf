using System.Globalization;
using System.Net;

namespace EcsImages.Core.Ram;

/// <summary>The condition operators of RAM: which values they take, and when they hold.</summary>
/// <remarks>Source: RAM, "Conditional operators" (help/en/ram/conditional-operator).</remarks>
internal static class RamOperators
{
    private static readonly string[] DateForms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];

    // Each by how it compares a value of the request with one of the policy; Not at the end of a pair turns the whole around.
    private static readonly Dictionary<string, (Func<string, bool> Takes, Func<string, string, bool> Fits, bool Not)> Operators = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = (Any, static (asked, value) => asked == value, false),
        ["StringNotEquals"] = (Any, static (asked, value) => asked == value, true),
        ["StringEqualsIgnoreCase"] = (Any, static (asked, value) => asked.Equals(value, StringComparison.OrdinalIgnoreCase), false),
        ["StringNotEqualsIgnoreCase"] = (Any, static (asked, value) => asked.Equals(value, StringComparison.OrdinalIgnoreCase), true),
        ["StringLike"] = (Any, static (asked, value) => RamPattern.Matches(value, asked, ignoreCase: false), false),
        ["StringNotLike"] = (Any, static (asked, value) => RamPattern.Matches(value, asked, ignoreCase: false), true),
        ["NumericEquals"] = (IsNumber, static (asked, value) => Number(asked) == Number(value), false),
        ["NumericNotEquals"] = (IsNumber, static (asked, value) => Number(asked) == Number(value), true),
        ["NumericLessThan"] = (IsNumber, static (asked, value) => Number(asked) < Number(value), false),
        ["NumericLessThanEquals"] = (IsNumber, static (asked, value) => Number(asked) <= Number(value), false),
        ["NumericGreaterThan"] = (IsNumber, static (asked, value) => Number(asked) > Number(value), false),
        ["NumericGreaterThanEquals"] = (IsNumber, static (asked, value) => Number(asked) >= Number(value), false),
        ["DateEquals"] = (IsDate, static (asked, value) => Date(asked) == Date(value), false),
        ["DateNotEquals"] = (IsDate, static (asked, value) => Date(asked) == Date(value), true),
        ["DateLessThan"] = (IsDate, static (asked, value) => Date(asked) < Date(value), false),
        ["DateLessThanEquals"] = (IsDate, static (asked, value) => Date(asked) <= Date(value), false),
        ["DateGreaterThan"] = (IsDate, static (asked, value) => Date(asked) > Date(value), false),
        ["DateGreaterThanEquals"] = (IsDate, static (asked, value) => Date(asked) >= Date(value), false),
        ["Bool"] = (IsBool, static (asked, value) => asked.Equals(value, StringComparison.OrdinalIgnoreCase), false),
        ["IpAddress"] = (IsRange, static (asked, value) => IsIn(asked, value), false),
        ["NotIpAddress"] = (IsRange, static (asked, value) => IsIn(asked, value), true),
    };

    /// <summary>Their names; case matters.</summary>
    public static IReadOnlyCollection<string> All => Operators.Keys;

    /// <summary>What is wrong with a value for the operator; null if nothing is.</summary>
    public static string? Misfit(RamCondition condition) =>
        condition.Values.FirstOrDefault(v => !Operators[condition.Operator].Takes(v)) is { } odd
            ? $"'{odd}' is no value for {condition.Operator}, which takes {Taken(condition.Operator)}" : null;

    /// <summary>Whether the condition holds: one of its values fits, or with a Not none does. A key that the request does not have fits nothing.</summary>
    public static bool Holds(RamCondition condition, IReadOnlyDictionary<string, string> context)
    {
        var (takes, fits, not) = Operators[condition.Operator];
        var fit = context.TryGetValue(condition.Key, out var asked) && takes(asked) && condition.Values.Any(v => fits(asked, v));
        return fit != not;
    }

    private static string Taken(string name) =>
        name.StartsWith("Numeric", StringComparison.Ordinal) ? "a number, in quotation marks"
        : name.StartsWith("Date", StringComparison.Ordinal) ? "a time such as 2026-11-23T17:00:00+08:00"
        : name is "Bool" ? "true or false, in quotation marks"
        : "an address such as 203.0.113.2, or a range such as 192.0.2.0/24";

    private static bool Any(string text) => true;

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool IsDate(string text) => TryDate(text, out _);

    private static DateTimeOffset Date(string text) => TryDate(text, out var date) ? date : throw new FormatException(text);

    private static bool TryDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    private static bool IsBool(string text) => bool.TryParse(text, out _) && text.Trim() == text;

    private static bool IsRange(string text) => TryRange(text, out _);

    private static bool IsIn(string address, string range) =>
        IPAddress.TryParse(address, out var asked) && TryRange(range, out var network) && network.Contains(asked);

    // The bits behind the prefix may be set: 192.0.2.7/24 means all of 192.0.2.0/24.
    private static bool TryRange(string text, out IPNetwork network)
    {
        network = default;
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address)) return false;
        var bytes = address.GetAddressBytes();
        var bits = bytes.Length * 8;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > bytes.Length * 8)) return false;
        for (var i = 0; i < bytes.Length; i++) bytes[i] &= (byte)(0xFF00 >> Math.Clamp(bits - (i * 8), 0, 8));
        network = new IPNetwork(new IPAddress(bytes), bits);
        return true;
    }
}
