namespace EcsImages.Local.Dispatch;

/// <summary>Which checks of a signature, beside the signature itself, are made.</summary>
/// <param name="Clock">Whether a request must have been signed within 15 minutes of now.</param>
/// <param name="Nonce">Whether a nonce is good only once.</param>
internal sealed record SignatureChecks(bool Clock = true, bool Nonce = true)
{
    /// <summary>All, as at the service.</summary>
    public static SignatureChecks All { get; } = new();
}
