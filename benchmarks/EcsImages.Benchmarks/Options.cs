using System.Globalization;

namespace EcsImages.Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="MiB">The size of what is moved.</param>
/// <param name="Rounds">How often each side runs.</param>
/// <param name="Only">Measures only what has this in its name; null measures all.</param>
internal sealed record Options(int MiB, int Rounds, string? Only)
{
    public static Options Parse(string[] words, int usualMiB, int usualRounds)
    {
        var options = new Options(usualMiB, usualRounds, null);
        for (var i = 0; i + 1 < words.Length; i += 2)
            options = words[i] switch
            {
                "--mib" => options with { MiB = int.Parse(words[i + 1], CultureInfo.InvariantCulture) },
                "--rounds" => options with { Rounds = int.Parse(words[i + 1], CultureInfo.InvariantCulture) },
                "--only" => options with { Only = words[i + 1] },
                var other => throw new ArgumentException($"There is no option {other}: --mib, --rounds or --only."),
            };
        return options;
    }
}
