using EcsImages.Core.Images;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Updates;

/// <summary>Writes updates, and what the service adds to a success.</summary>
internal static class UpdateOutput
{
    /// <remarks>An image that was made without what it was made for must not pass for an updated one: the embedded endpoint executes nothing, and says so.</remarks>
    public static void WriteUpdate(this EcsCmdlet cmdlet, EcsImageUpdate update)
    {
        if (update is { Status: EcsImageUpdate.Success, Message: { } words }) cmdlet.WriteWarning($"{update.ExecutionId} in {update.RegionId}, image {update.ImageId}: {words}");
        cmdlet.WriteObject(update);
    }
}
