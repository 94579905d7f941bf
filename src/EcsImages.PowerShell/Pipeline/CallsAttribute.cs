namespace EcsImages.PowerShell.Pipeline;

/// <summary>The API operations that a cmdlet may call, such as ecs:CopyImage. Tests hold the cmdlet to them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CallsAttribute(params string[] operations) : Attribute
{
    /// <summary>Product and operation; * alone stands for the operation that the caller names.</summary>
    public IReadOnlyList<string> Operations => operations;
}
