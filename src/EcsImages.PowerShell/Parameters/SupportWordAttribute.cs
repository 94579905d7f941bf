using System.Management.Automation;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Takes $true and $false for the service's words "supported" and "unsupported".</summary>
public sealed class SupportWordAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            true => "supported",
            false => "unsupported",
            _ => inputData,
        };
}
