namespace EcsImages.Core.Building;

/// <summary>What a text of Image Builder's language is for; each use has commands and error codes of its own.</summary>
internal enum BuildContentUse
{
    /// <summary>BuildContent of an image pipeline.</summary>
    Template,

    /// <summary>Content of an image component.</summary>
    Component,

    /// <summary>TestContent of an image pipeline.</summary>
    Test,
}
