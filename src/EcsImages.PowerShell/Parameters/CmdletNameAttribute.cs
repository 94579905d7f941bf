using System.Collections;
using System.Management.Automation;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Takes texts, and what Get-Command writes for its names. Any other object, such as a file, would bind by its text form.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CmdletNameAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is not string and IEnumerable several ? several.Cast<object?>().Select(Name).ToArray() : Name(value);
    }

    private static string Name(object? item)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            case string text: return text;
            case CommandInfo command: return command.Name;
        }
        const string Message = "That is no cmdlet: a name, or what Get-Command writes, is expected.";
        // With this inner exception the binder goes on to the next way of binding a piped object, such as by PSPath.
        throw new ArgumentTransformationMetadataException(Message, new PSInvalidCastException(Message));
    }
}
