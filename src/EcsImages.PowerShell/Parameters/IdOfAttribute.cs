using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Takes texts, and objects of one type for their ids. Any other object would bind by its text form, and name nothing.</summary>
/// <param name="type">The type whose objects stand for their ids.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdOfAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>The type whose objects stand for their ids.</summary>
    public Type Type => type;

    /// <summary>Whether an object of the type is kept as it is: what is known of it need not be asked for again. The parameter is of objects then.</summary>
    public bool KeepsObjects { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string => value,
            IEnumerable several when KeepsObjects => several.Cast<object?>().Select(Kept).ToArray(),
            IEnumerable several => several.Cast<object?>().Select(Text).ToArray(),
            _ => KeepsObjects ? Kept(value) : Text(value),
        };
    }

    private object Kept(object? item) =>
        (item is PSObject wrapped ? wrapped.BaseObject : item) is { } value && value.GetType() == type ? value : Text(item);

    private string Text(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        string text => text,
        EcsImage image when type == typeof(EcsImage) => image.ImageId,
        EcsInstance instance when type == typeof(EcsInstance) => instance.InstanceId,
        EcsDisk disk when type == typeof(EcsDisk) => disk.DiskId,
        EcsSnapshot snapshot when type == typeof(EcsSnapshot) => snapshot.SnapshotId,
        EcsImageUpdate update when type == typeof(EcsImageUpdate) => update.ExecutionId,
        EcsTask task when type == typeof(EcsTask) => task.TaskId,
        EcsImageComponent component when type == typeof(EcsImageComponent) => component.ImageComponentId,
        EcsImagePipeline pipeline when type == typeof(EcsImagePipeline) => pipeline.ImagePipelineId,
        EcsImagePipelineExecution execution when type == typeof(EcsImagePipelineExecution) => execution.ExecutionId,
        EcsInstanceType instanceType when type == typeof(EcsInstanceType) => instanceType.InstanceType,
        EcsRegion region when type == typeof(EcsRegion) => region.RegionId,
        null => throw Refused("Nothing ($null)"),
        var other => throw Refused($"A {other.GetType().Name}"),
    };

    // With this inner exception the binder goes on to the next way of binding a piped object, such as by property name.
    private ArgumentTransformationMetadataException Refused(string what)
    {
        var message = $"{what} is no id: a text or an {type.Name} is expected.";
        return new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
