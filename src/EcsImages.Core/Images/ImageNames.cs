namespace EcsImages.Core.Images;

/// <summary>What an image may be called.</summary>
internal static class ImageNames
{
    private const int Least = 2, Most = 128;

    /// <summary>The rule in words.</summary>
    public const string Rule = "2 to 128 letters, digits and . : _ - that begin with a letter, without aliyun or acs: at the start";

    /// <remarks>Source: CreateImage, ImportImage and CopyImage; where their texts differ, all bans hold, and the widest set of characters.</remarks>
    public static bool IsName(string name) =>
        name.Length is >= Least and <= Most && char.IsLetter(name[0])
        && name.All(static c => char.IsLetterOrDigit(c) || c is '.' or ':' or '_' or '-')
        && !Begins(name, "http://") && !Begins(name, "https://") && !Begins(name, "aliyun") && !Begins(name, "acs:");

    private static bool Begins(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
