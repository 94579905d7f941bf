using System.Runtime.CompilerServices;

// The tests share the environment variables of one process, and two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace EcsImages.PowerShell.Tests;

internal static class AssemblySetup
{
    // A machine that runs the tests may be a cloud's own: its metadata service is not ours to ask.
    [ModuleInitializer]
    internal static void LeaveMetadataAlone() => Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
}
