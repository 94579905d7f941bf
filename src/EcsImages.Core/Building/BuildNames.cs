namespace EcsImages.Core.Building;

/// <summary>Names of variables, labels and parameters: letters, digits and _ . -, a letter or _ first.</summary>
internal static class BuildNames
{
    public const string Rule = "A name has letters, digits, _ . and -, and begins with a letter or _.";

    public static bool IsName(string text) => text.Length > 0 && (text[0] == '_' || char.IsAsciiLetter(text[0])) && text.All(IsPart);

    public static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
