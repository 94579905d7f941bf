namespace EcsImages.Core.Acs;

/// <summary>What may be written to a log, and how; what is not listed here is not written.</summary>
public static class Redaction
{
    // A list of what may be written, never of what may not: a parameter that the service adds tomorrow stays out.
    private static readonly HashSet<string> Writable = new(StringComparer.Ordinal)
    {
        "RegionId", "DestinationRegionId", "ZoneId", "ImageId", "ImageName", "ImageFamily", "ImageOwnerAlias", "ImageOwnerId",
        "IsPublic", "Status", "OSType", "Architecture", "Platform", "Usage", "InstanceId", "InstanceIds", "InstanceType",
        "InstanceName", "InstanceTypes", "SnapshotId", "SnapshotIds", "SnapshotName", "DiskId", "DiskIds", "DiskName", "DiskType",
        "SourceDiskType", "Size", "Device", "Category", "PageNumber", "PageSize", "MaxResults", "Key", "BootMode", "NvmeSupport",
        "ImdsSupport", "Force", "DryRun", "Encrypted", "ClientToken", "DestinationImageName", "AddAccount", "RemoveAccount",
        "ResourceType", "ResourceId", "TagKey", "All", "Amount", "VSwitchId", "SecurityGroupId", "ActionType", "ShowExpired",
        "AcceptLanguage", "StoppedMode", "ForceStop", "DurationSeconds", "RoleSessionName",
        "ExecutionId", "TaskExecutionId", "TemplateName", "TemplateVersion", "SortField", "SortOrder",
        "TaskId", "TaskIds", "TaskAction", "TaskStatus", "OSSBucket", "OSSObject", "OSSPrefix", "Format", "ImageFormat", "LicenseType",
        "RoleName", "RamRoleName", "RoleArn", "KeyPairName", "KMSKeyId", "VpcId", "ResourceGroupId", "LaunchTemplateId", "ProductCode",
        "PerformanceLevel", "ImageVersion", "ImageComponentId", "ComponentType", "ComponentVersion", "ImagePipelineId", "ToRegionId", "AccountId",
        "QuotaActionCode", "DesireValue", "Name", "BaseImage", "BaseImageType", "PackageName", "PackageVersion", "StartTime", "EndTime",
    };

    /// <summary>The parameters as one line for -Debug; a value that is not known to be harmless shows as ***.</summary>
    public static string Describe(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join(' ', parameters.Select(static p => $"{p.Key}={(IsWritable(p.Key) ? p.Value : "***")}"));

    /// <summary>The first and last four characters of an access key id.</summary>
    public static string ShortenKeyId(string keyId) =>
        keyId.Length <= 8 ? "****" : string.Concat(keyId.AsSpan(0, 4), "****", keyId.AsSpan(keyId.Length - 4));

    // Tag.1.Key is judged by Key, AddAccount.1 by AddAccount.
    internal static bool IsWritable(string name)
    {
        var parts = name.Split('.');
        var last = parts.Length - 1;
        while (last > 0 && int.TryParse(parts[last], out _)) last--;
        return Writable.Contains(parts[last]);
    }
}
