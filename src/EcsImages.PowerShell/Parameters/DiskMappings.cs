using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Reads the hashtables that describe disks.</summary>
internal static class DiskMappings
{
    private static readonly SizeGiBAttribute Size = new();

    /// <summary>The disks of an image to create.</summary>
    public static IReadOnlyList<DiskDeviceMappingRequest> Read(Hashtable[] disks) => [.. disks.Select(static disk =>
    {
        var read = new DiskTable(disk, "DiskMapping", "SnapshotId", "SizeGiB", "Device", "DiskType");
        return new DiskDeviceMappingRequest
        {
            SnapshotId = read.Text("SnapshotId"),
            Size = read.SizeGiB(),
            Device = read.Text("Device"),
            DiskType = read.Text("DiskType"),
        };
    })];

    /// <summary>The objects that become the disks of an image to import, the system disk's first.</summary>
    public static IReadOnlyList<ImportDiskRequest> ReadObjects(Hashtable[] disks, string? bucketName) => [.. disks.Select(disk =>
    {
        var read = new DiskTable(disk, "DiskMapping", "BucketName", "ObjectKey", "SizeGiB", "Format");
        return new ImportDiskRequest
        {
            OSSBucket = read.Text("BucketName") ?? bucketName
                ?? throw new CmdletInputException("InvalidDiskMapping", "-DiskMapping names no bucket.", "Add BucketName to each hashtable, or -BucketName for all of them."),
            OSSObject = read.Text("ObjectKey") ?? throw new CmdletInputException("InvalidDiskMapping", "-DiskMapping names no object.", "Add ObjectKey to each hashtable."),
            DiskImageSize = read.SizeGiB(),
            Format = read.Text("Format"),
        };
    })];

    /// <summary>The data disks of an instance to launch.</summary>
    public static IReadOnlyList<DataDiskRequest>? ReadDataDisks(Hashtable[]? disks) => disks is null ? null : [.. disks.Select(static disk =>
    {
        var read = new DiskTable(disk, "DataDisk", "SizeGiB", "Category", "PerformanceLevel", "Name", "SnapshotId", "Device", "Encrypted", "KmsKeyId", "DeleteWithInstance");
        return new DataDiskRequest
        {
            Size = read.SizeGiB(),
            Category = read.Text("Category"),
            PerformanceLevel = read.Text("PerformanceLevel"),
            DiskName = read.Text("Name"),
            SnapshotId = read.Text("SnapshotId"),
            Device = read.Text("Device"),
            Encrypted = read.Flag("Encrypted") is { } encrypted ? (encrypted ? "true" : "false") : null,
            KMSKeyId = read.Text("KmsKeyId"),
            DeleteWithInstance = read.Flag("DeleteWithInstance"),
        };
    })];

    private sealed class DiskTable
    {
        private readonly Hashtable _table;
        private readonly string _parameter;

        public DiskTable(Hashtable table, string parameter, params string[] keys)
        {
            (_table, _parameter) = (new Hashtable(table, StringComparer.OrdinalIgnoreCase), parameter);
            foreach (var key in _table.Keys)
                if (!keys.Contains(key?.ToString(), StringComparer.OrdinalIgnoreCase))
                    throw new CmdletInputException("InvalidDiskMapping", $"-{parameter} does not know '{key}'.", $"It knows: {string.Join(", ", keys)}.");
        }

        public string? Text(string key) => Value(key)?.ToString() is { Length: > 0 } text ? text : null;

        // Every text that is not empty is true to PowerShell, 'false' too.
        public bool? Flag(string key) => Value(key) switch
        {
            null => null,
            bool flag => flag,
            SwitchParameter given => given.IsPresent,
            string text when bool.TryParse(text, out var flag) => flag,
            var other => throw new CmdletInputException("InvalidDiskMapping", $"-{_parameter}: {key} is $true or $false, not '{other}'."),
        };

        public int? SizeGiB()
        {
            if (Value("SizeGiB") is not { } value) return null;
            try
            {
                return Convert.ToInt32(Size.Transform(null!, value), CultureInfo.InvariantCulture);
            }
            catch (ArgumentTransformationMetadataException e)
            {
                throw new CmdletInputException("InvalidSize", $"-{_parameter}: {e.Message}");
            }
        }

        private object? Value(string key) => _table[key] is PSObject wrapped ? wrapped.BaseObject : _table[key];
    }
}
