namespace EcsImages.Core.Images;

/// <summary>Where an operating system stands in its life. Source: the OS lifecycle pages of Alibaba Cloud.</summary>
public enum EcsOSPhase
{
    /// <summary>The dates are not known.</summary>
    Unknown,

    /// <summary>Full support.</summary>
    Mainstream,

    /// <summary>Critical and security fixes only; for everybody still.</summary>
    Extended,

    /// <summary>Past its end of life; fixes only through an extension that is bought, or given by volunteers. Alibaba Cloud does not support it.</summary>
    ExtensionOnly,

    /// <summary>Past its end of life, and no extension is left.</summary>
    Ended,
}
