using System.Management.Automation;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Takes an object of one type as it came down the pipeline, and nothing that could be made into one.</summary>
/// <param name="type">The type.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SeenAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>The type.</summary>
    public Type Type => type;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (type.IsInstanceOfType(value)) return value;
        // With this inner exception the binder goes on: the object binds elsewhere, by value or by its properties.
        var message = $"Not an {type.Name}.";
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
