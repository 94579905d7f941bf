namespace EcsImages.Core.Building;

/// <summary>The service's error codes for build texts.</summary>
/// <remarks>Source: the error tables of CreateImagePipeline and CreateImageComponent.</remarks>
internal static class BuildCodes
{
    public const string Unknown = "InvalidImageTemplateCommand.NotSupported", TooMany = "InvalidImageTemplateCommandSize.ExceededMaxNumber",
        FromOrder = "InvalidCommandOrder.FROM", FromTwice = "DuplicatedCommand.FROM", FromInComponent = "NotSupportedCommand.FROM",
        ComponentInComponent = "InvalidCommand.Component", RestartNotEmpty = "NotEmptyCommandContent.RESTART", NoContent = "MissingParameter.Content";

    /// <summary>A command without what it needs. COMPONENT and FROM have no such code.</summary>
    public static string Empty(string keyword, BuildContentUse use) => keyword switch
    {
        BuildKeywords.Component => Malformed(use),
        BuildKeywords.From => Invalid(keyword, use),
        _ => "EmptyCommandContent." + keyword,
    };

    /// <summary>A command whose content cannot be read. COMPONENT, LABEL and RESTART have no code of their own.</summary>
    public static string Invalid(string keyword, BuildContentUse use) => keyword switch
    {
        BuildKeywords.Component or BuildKeywords.Label or BuildKeywords.Restart => Malformed(use),
        _ => "InvalidCommandContent." + keyword,
    };

    /// <summary>A text that is wrong in a way that has no code of its own: the parameter's code.</summary>
    public static string Malformed(BuildContentUse use) => use switch
    {
        BuildContentUse.Component => "InvalidParameter.Content",
        BuildContentUse.Test => "InvalidParameter.TestContent",
        _ => "InvalidParameter.BuildContent",
    };

    /// <summary>Over 16 KB. The tables have no such code for TestContent.</summary>
    public static string TooLong(BuildContentUse use) => use switch
    {
        BuildContentUse.Component => "InvalidContent.LengthExceeded",
        BuildContentUse.Test => Malformed(use),
        _ => "InvalidBuildContent.LengthExceeded",
    };
}
