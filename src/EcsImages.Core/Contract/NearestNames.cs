namespace EcsImages.Core.Contract;

/// <summary>What somebody may have meant by a name that there is not.</summary>
internal static class NearestNames
{
    private const int Most = 3;

    /// <summary>The likeliest names, best first; none where nothing is like it.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known) =>
        [.. known.Select(k => (Name: k, Far: Distance(name, k))).Where(static k => k.Far is not null)
            .OrderBy(static k => k.Far).ThenBy(static k => k.Name, StringComparer.Ordinal).Take(Most).Select(static k => k.Name)];

    // A slip of the fingers, a part of the name, or the same noun with another verb (ListImages, DescribeImages).
    private static int? Distance(string asked, string known)
    {
        var edits = Edits(asked.ToLowerInvariant(), known.ToLowerInvariant());
        if (edits <= Math.Max(asked.Length <= 4 ? 1 : 2, asked.Length / 4)) return edits;
        if (asked.Length >= 3 && known.Contains(asked, StringComparison.OrdinalIgnoreCase)) return 100 + known.Length;
        if (known.Length >= 3 && asked.Contains(known, StringComparison.OrdinalIgnoreCase)) return 200 + asked.Length - known.Length;
        var (noun, other) = (AfterFirstWord(asked), AfterFirstWord(known));
        if (noun.Length < 3) return null;
        if (noun.Equals(other, StringComparison.OrdinalIgnoreCase)) return 300;
        return noun.TrimEnd('s').Equals(other.TrimEnd('s'), StringComparison.OrdinalIgnoreCase) ? 310 : null;
    }

    private static string AfterFirstWord(string name)
    {
        var at = 1;
        while (at < name.Length && !char.IsUpper(name[at])) at++;
        return at < name.Length ? name[at..] : "";
    }

    private static int Edits(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = a[i - 1] == b[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
