using System.Globalization;
using System.Text;

namespace EcsImages.Emulator.Tests.Fuzz;

/// <summary>How many cases, and where chance begins: ECS_FUZZ_CASES=100000 for the long run, ECS_FUZZ_SEED to see another one, or one again.</summary>
internal static class FuzzCases
{
    public static int Seed { get; } = Read("ECS_FUZZ_SEED", 20261124);

    /// <summary>As many as the environment asks for, else a slice that a test run has time for.</summary>
    public static int Count(int slice) => Read("ECS_FUZZ_CASES", slice);

    /// <summary>The chance of one case, which does not hang on the cases before it.</summary>
    public static Random RandomOf(int number) => new(unchecked((Seed * 1_000_003) + number));

    /// <summary>What a failure says, so that it can be seen again.</summary>
    public static string Describe(int number, string what, string sent) =>
        $"Seed {Seed}, case {number}: {what}\n{sent[..Math.Min(sent.Length, 4000)]}";

    public static string Describe(int number, string what, byte[] sent) => Describe(number, what, Encoding.Latin1.GetString(sent));

    private static int Read(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
