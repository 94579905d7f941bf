using System.Management.Automation;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Takes the API's owner aliases for the kinds of images that they mean: self, system, others.</summary>
public sealed class OwnerAliasAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            object[] several => Array.ConvertAll(several, one => Transform(engineIntrinsics, one)),
            string word => word.ToUpperInvariant() switch
            {
                "SELF" => "Custom",
                "SYSTEM" => "Public",
                "OTHERS" => "Shared",
                _ => word,
            },
            _ => inputData,
        };
}
