namespace EcsImages.Core.Ram;

/// <summary>A text with * for any number of characters, and ? for one.</summary>
internal static class RamPattern
{
    /// <remarks>It goes back to the last * only, so that no pattern takes longer than the product of both lengths.</remarks>
    public static bool Matches(string pattern, string text, bool ignoreCase)
    {
        int at = 0, next = 0, star = -1, retry = 0;
        while (next < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                retry = next;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || Same(pattern[at], text[next], ignoreCase)))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                next = ++retry;
            }
            else
            {
                return false;
            }
        }
        while (at < pattern.Length && pattern[at] == '*') at++;
        return at == pattern.Length;
    }

    private static bool Same(char a, char b, bool ignoreCase) =>
        a == b || (ignoreCase && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
