namespace EcsImages.Core.Acs;

/// <summary>Whether a call may be sent again when its outcome is not known. It belongs to the operation, not to the error.</summary>
public enum Repeat
{
    /// <summary>It changes nothing: always.</summary>
    Read,

    /// <summary>Its ClientToken makes the service answer a second one as the first: always, with the same token.</summary>
    WithClientToken,

    /// <summary>Doing it twice has the effect of doing it once, such as setting a name: always.</summary>
    SameEffect,

    /// <summary>Only when the service said that it did not do it, as when throttling.</summary>
    Never,
}
