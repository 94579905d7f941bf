using System.Globalization;
using System.Text;

namespace EcsImages.Local.Dispatch;

/// <summary>Where a page ended, as the opaque NextToken: the time of the last row and its id. Rows that come or go shift nothing.</summary>
internal sealed record PageToken(long CreatedAt, string Id)
{
    // Only some tables have a code of their own for it.
    private static readonly string[] Codes = ["InValidParameter.NextToken", "Invalid.NextToken"];

    public override string ToString() =>
        Convert.ToHexString(Encoding.UTF8.GetBytes(CreatedAt.ToString(CultureInfo.InvariantCulture) + " " + Id));

    public static PageToken Parse(Call call, string text)
    {
        try
        {
            if (Encoding.UTF8.GetString(Convert.FromHexString(text)).Split(' ') is [var time, var id]
                && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var createdAt)) return new(createdAt, id);
        }
        catch (FormatException)
        {
            // Said below.
        }
        const string Why = "it is not a token that this operation gave.";
        throw Codes.FirstOrDefault(c => call.Operation.Errors.Any(e => e.Code == c)) is { } own
            ? Error.Of(own, "NextToken", Why) : Error.Invalid("NextToken", Why);
    }
}
