namespace EcsImages.PowerShell.Pipeline;

/// <summary>The API operations that a cmdlet may call, such as ecs:CopyImage. Tests hold the cmdlet to them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CallsAttribute(params string[] operations) : Attribute
{
    /// <summary>Product and operation; * alone stands for the operation that the caller names.</summary>
    public IReadOnlyList<string> Operations => operations;

    /// <summary>Actions that the service carries out by itself with the caller's rights: not called from here, but to be allowed.</summary>
    public string[] OnBehalf { get; init; } = [];
}
