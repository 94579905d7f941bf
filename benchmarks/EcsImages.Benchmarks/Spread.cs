using System.Globalization;

namespace EcsImages.Benchmarks;

/// <summary>What several measurements come to.</summary>
internal sealed record Spread(double Least, double Median, double Most) : IFormattable
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Spread(sorted[0], (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[^1]);
    }

    /// <summary>The median, and in brackets the least and the most.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        string Text(double value) => value.ToString(format, formatProvider ?? CultureInfo.InvariantCulture);
        return $"{Text(Median)} ({Text(Least)}..{Text(Most)})";
    }
}
