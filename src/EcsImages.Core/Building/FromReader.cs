namespace EcsImages.Core.Building;

/// <summary>Reads FROM: the kind of a base image, a colon, and its id or family.</summary>
internal static class FromReader
{
    private const string Form = "Write FROM IMAGE:<image id> or FROM IMAGE_FAMILY:<family>.";

    public static BaseImageReference? Read(CommandLine line)
    {
        var words = BuildWords.Of(line);
        if (words.Count == 0) return null;
        // A family may have colons itself, such as acs:ubuntu_24_04_x64.
        var (type, name) = words[0].Text.IndexOf(':') is >= 0 and var colon ? (words[0].Text[..colon], words[0].Text[(colon + 1)..]) : ("", "");
        if (words.Count > 1) line.Invalid(words[1].At, $"{Shown.Of(words[1].Text)} follows the image.", Form);
        else if (type.ToUpperInvariant() is not ("IMAGE" or "IMAGE_FAMILY")) line.Invalid(words[0].At, $"{Shown.Of(words[0].Text)} does not say what kind of base image it is.", Form);
        else if (name.Length == 0) line.Invalid(words[0].At, $"{Shown.Of(words[0].Text)} names no image.", Form);
        else return new BaseImageReference(type.ToUpperInvariant(), name);
        return null;
    }
}
