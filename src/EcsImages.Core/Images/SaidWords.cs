namespace EcsImages.Core.Images;

/// <summary>Finds a row by what a person typed: its name, one of its words, or a text that has one of them.</summary>
internal static class SaidWords
{
    public static T? Find<T>(IReadOnlyList<T> rows, string said, Func<T, string> nameOf, Func<T, IReadOnlyList<string>> wordsOf) where T : class
    {
        var text = Plain(said);
        if (text.Length == 0) return null;
        return rows.FirstOrDefault(r => Plain(nameOf(r)) == text)
            ?? rows.FirstOrDefault(r => wordsOf(r).Any(w => Plain(w) == text))
            // In a sentence the longest of the words decides: "replace centos" is not about CentOS itself.
            ?? rows.SelectMany(r => wordsOf(r).Append(nameOf(r)).Select(w => (Row: r, Word: Plain(w)))).Where(w => Has(text, w.Word))
                .OrderByDescending(static w => w.Word.Length).Select(static w => w.Row).FirstOrDefault();
    }

    private static bool Has(string text, string word) => $" {text} ".Contains($" {word} ", StringComparison.Ordinal);

    private static string Plain(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split([' ', '-', '_', '/', ','], StringSplitOptions.RemoveEmptyEntries));
}
