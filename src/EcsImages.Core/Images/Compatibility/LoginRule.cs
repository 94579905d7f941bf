using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>Fedora CoreOS takes a key pair only; a password can neither be set nor reset. Source: the page on Fedora CoreOS images.</summary>
internal static class LoginRule
{
    public static EcsCompatibilityRule Judge(EcsImage image)
    {
        var finding = string.IsNullOrEmpty(image.Platform) ? Unknown : image.Platform == "Fedora CoreOS" ? Violated : Passed;
        return new()
        {
            Id = "Login",
            Severity = EcsCompatibilitySeverity.Informs,
            Finding = finding,
            Reason = finding switch
            {
                Violated => "Fedora CoreOS is logged in to with a key pair only: name one with -KeyPairName at launch.",
                Unknown => "The service did not say the platform; Fedora CoreOS is logged in to with a key pair only.",
                _ => "The platform has no restriction of its own.",
            },
        };
    }
}
