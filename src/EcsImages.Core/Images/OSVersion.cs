using System.Globalization;

namespace EcsImages.Core.Images;

/// <summary>A version as images write it: its numbers, and the words around them, such as R2 or SP5.</summary>
internal sealed record OSVersion(IReadOnlyList<long> Numbers, IReadOnlySet<string> Words)
{
    private const int TwoParts = 4;

    /// <summary>"24.04 64 bit", "12 SP5", "2012r2 9600", "14 0405"; no numbers if there is no version.</summary>
    public static OSVersion Read(IReadOnlyList<string> words)
    {
        var numbers = new List<long>();
        var others = new HashSet<string>(StringComparer.Ordinal);
        var isOpen = true;
        foreach (var word in words)
        {
            var rest = isOpen ? Take(word, numbers) : word;
            if (rest.Length > 0) others.Add(rest);
            // The first number ends at the first word that is not a number only.
            if (numbers.Count > 0 && rest.Length > 0) isOpen = false;
        }
        return new OSVersion(numbers, others);
    }

    /// <summary>Whether it names a version that this row is about: 7.9 is a 7, 24.10 is no 24.04, 8.10 is no 8.1.</summary>
    public bool Covers(OSVersion said) =>
        Numbers.Count <= said.Numbers.Count && Numbers.SequenceEqual(said.Numbers.Take(Numbers.Count)) && Words.IsSubsetOf(said.Words);

    /// <summary>How much a row demands; of several that cover a version the most demanding is meant.</summary>
    public int Length => Numbers.Count + Words.Count;

    // Takes the numbers that a word begins with, and gives the rest of it.
    private static string Take(string word, List<long> numbers)
    {
        var at = word.Length > 1 && word[0] == 'v' && char.IsAsciiDigit(word[1]) ? 1 : 0;
        if (!char.IsAsciiDigit(word[at])) return word;
        while (at < word.Length && char.IsAsciiDigit(word[at]))
        {
            var end = at;
            while (end < word.Length && char.IsAsciiDigit(word[end])) end++;
            Add(word[at..end], numbers);
            at = end < word.Length - 1 && word[end] == '.' && char.IsAsciiDigit(word[end + 1]) ? end + 1 : end;
        }
        return word[at..];
    }

    // Ids of Ubuntu write 14.04.5 as 14_0405.
    private static void Add(string digits, List<long> numbers)
    {
        if (digits.Length == TwoParts && digits[0] == '0')
        {
            Add(digits[..2], numbers);
            digits = digits[2..];
        }
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
    }
}
