namespace EcsImages.Core.Images;

/// <summary>An image that is, or was, written as files. Source: ExportImage, DescribeTaskAttribute.</summary>
public sealed record EcsImageExport
{
    /// <summary>The image.</summary>
    public required string ImageId { get; init; }

    /// <summary>Its name.</summary>
    public string? ImageName { get; init; }

    /// <summary>The task that writes the files; Wait-EcsTask follows it.</summary>
    public required string TaskId { get; init; }

    /// <summary>Processing, or Finished.</summary>
    public required string Status { get; init; }

    /// <summary>The bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The objects, the system disk's first; empty while they are being written. Those of an export to files of this machine are removed, unless they are to be kept.</summary>
    public string[] ObjectKey { get; init; } = [];

    /// <summary>The files on this machine, the system disk's first; empty without -Destination.</summary>
    public string[] Path { get; init; } = [];

    /// <summary>The region that it lies in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The task: what a cmdlet that takes a text wants of it.</summary>
    public override string ToString() => TaskId;
}
