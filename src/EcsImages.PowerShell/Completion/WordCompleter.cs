using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Contract;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes the values that the API contract knows of a parameter; others stay allowed, the service adds some without asking us.</summary>
public abstract class WordCompleter(string operation, string parameter) : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return Find(ApiContract.Ecs.Operations[operation].Request, parameter.Split('.'))
            .Where(w => w.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(static w => new CompletionResult(w.Contains(' ', StringComparison.Ordinal) ? $"'{w}'" : w, w, CompletionResultType.ParameterValue, w));
    }

    private static IReadOnlyList<string> Find(IReadOnlyList<ApiField> fields, ReadOnlySpan<string> path)
    {
        foreach (var field in fields)
            if (field.Name == path[0]) return path.Length == 1 ? field.KnownValues : Find(field.Fields, path[1..]);
        return [];
    }
}

/// <summary>Completes image states.</summary>
public sealed class ImageStatusCompleter() : WordCompleter("DescribeImages", "Status");

/// <summary>Completes architectures.</summary>
public sealed class ArchitectureCompleter() : WordCompleter("DescribeImages", "Architecture");

/// <summary>Completes boot modes.</summary>
public sealed class BootModeCompleter() : WordCompleter("ModifyImageAttribute", "BootMode");

/// <summary>Completes supported and unsupported.</summary>
public sealed class NvmeSupportCompleter() : WordCompleter("ModifyImageAttribute", "Features.NvmeSupport");

/// <summary>Completes v1 and v2.</summary>
public sealed class ImdsSupportCompleter() : WordCompleter("ModifyImageAttribute", "Features.ImdsSupport");

/// <summary>Completes what an image can be set to.</summary>
public sealed class SettableStatusCompleter() : WordCompleter("ModifyImageAttribute", "Status");

/// <summary>Completes the platforms that a new image can be given.</summary>
public sealed class NewPlatformCompleter() : WordCompleter("CreateImage", "Platform");

/// <summary>Completes disk categories.</summary>
public sealed class DiskCategoryCompleter() : WordCompleter("RunInstances", "SystemDisk.Category");

/// <summary>Completes operating system types.</summary>
public sealed class OSTypeCompleter() : WordCompleter("DescribeImages", "OSType");

/// <summary>Completes whether images are in use.</summary>
public sealed class ImageUsageCompleter() : WordCompleter("DescribeImages", "Usage");

/// <summary>Completes instance states.</summary>
public sealed class InstanceStatusCompleter() : WordCompleter("DescribeInstances", "Status");

/// <summary>Completes CPU architectures of instance types.</summary>
public sealed class CpuArchitectureCompleter() : WordCompleter("DescribeInstanceTypes", "CpuArchitecture");

/// <summary>Completes what becomes of a stopped instance.</summary>
public sealed class StoppedModeCompleter() : WordCompleter("StopInstance", "StoppedMode");

/// <summary>Completes performance levels.</summary>
public sealed class PerformanceLevelCompleter() : WordCompleter("RunInstances", "SystemDisk.PerformanceLevel");

/// <summary>Completes system and data.</summary>
public sealed class DiskTypeCompleter() : WordCompleter("DescribeDisks", "DiskType");

/// <summary>Completes disk states.</summary>
public sealed class DiskStatusCompleter() : WordCompleter("DescribeDisks", "Status");

/// <summary>Completes snapshot states.</summary>
public sealed class SnapshotStatusCompleter() : WordCompleter("DescribeSnapshots", "Status");

/// <summary>Completes what snapshots are used for.</summary>
public sealed class SnapshotUsageCompleter() : WordCompleter("DescribeSnapshots", "Usage");

/// <summary>Completes the operations that begin tasks.</summary>
public sealed class TaskActionCompleter() : WordCompleter("DescribeTasks", "TaskAction");

/// <summary>Completes task states.</summary>
public sealed class TaskStatusCompleter() : WordCompleter("DescribeTasks", "TaskStatus");
