using System.Management.Automation;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>Stores the disk of a disk-image file in another format.</summary>
/// <remarks>
/// The new file is written beside its place, read again and compared with the source, and only then put there: a file of that
/// name is replaced, with -Force, by a whole one or not at all; without it, also one that comes meanwhile is left. Zeros are neither read, where the source tells them, nor stored. It
/// needs no connection.
/// </remarks>
/// <example>
/// <code>Convert-EcsImageFile ./disk.vmdk ./disk.qcow2</code>
/// <para>Converts to the format that the extension names.</para>
/// </example>
/// <example>
/// <code>Convert-EcsImageFile ./disk.raw ./disk.qcow2 -Compress -Force</code>
/// <para>Makes a small file, and replaces the one that may be there.</para>
/// </example>
/// <example>
/// <code>Convert-EcsImageFile ./disk.raw ./disk.img -Format VHD -Fixed -WhatIf</code>
/// <para>Shows what would be done, with a format that the extension does not name.</para>
/// </example>
[Cmdlet(VerbsData.Convert, "EcsImageFile", SupportsShouldProcess = true)]
[OutputType(typeof(EcsImageFile)), Calls]
public sealed class ConvertEcsImageFileCommand : EcsFileCmdlet
{
    /// <summary>The file, each character as it stands.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LiteralPath"), ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The new file.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The format of the new file; without it the extension of -Destination tells: .raw or .img, .qcow2, .vhd, .vhdx, .vmdk.</summary>
    [Parameter]
    public ImageFileFormat? Format { get; set; }

    /// <summary>Compresses a QCOW2. A VMDK always is.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Makes a fixed VHD: a file as long as the disk, with holes where it has zeros.</summary>
    [Parameter]
    public SwitchParameter Fixed { get; set; }

    /// <summary>Reads the files that a QCOW2 file is based on too, wherever it says that they lie, and makes one file of all. Say so only for files that you trust.</summary>
    [Parameter]
    public SwitchParameter FollowBackingFile { get; set; }

    /// <summary>Does not read again what was written.</summary>
    [Parameter]
    public SwitchParameter SkipVerification { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Existing(Path, isLiteral: true) is not [var file]) return;
        ForFile(file, () => Convert(file, Place(Destination)));
    }

    private void Convert(string file, string destination)
    {
        var target = Target(destination);
        CheckPlace(file, destination);
        if (!ShouldProcess(destination, $"Convert {file} to {target.Format.Name()}")) return;
        using var bar = new ByteProgress(this, $"Converting {file}");
        WriteObject(Await(stop => ConvertAsync(file, target, destination, bar, stop)));
    }

    private DiskTarget Target(string destination)
    {
        var format = Format is { } given ? Enum.Parse<DiskFormat>($"{given}", ignoreCase: true) : DiskTarget.FormatOf(destination)
            ?? throw new CmdletInputException("FormatUnknown", $"The extension of '{destination}' names no format.", "Name the format with -Format: RAW, QCOW2, VHD, VHDX or VMDK.");
        var target = new DiskTarget(format, Compress, Fixed);
        return target.Obstacle(0) is { } obstacle ? throw Impossible(obstacle) : target;
    }

    private void CheckPlace(string file, string destination)
    {
        if (Directory.Exists(destination))
            throw new CmdletInputException("FileIsFolder", $"'{destination}' is a folder.", "Name the new file with -Destination.");
        if (System.IO.Path.GetDirectoryName(destination) is not { } folder || !Directory.Exists(folder))
            throw new CmdletInputException("FolderNotFound", $"There is no folder for '{destination}'.", "Make it first.", ErrorCategory.ObjectNotFound);
        if (IsSame(file, destination))
            throw new CmdletInputException("FileIsSource", $"'{destination}' is the file that is to be converted.", "Name another one with -Destination.");
        if (File.Exists(destination) && !RegularFile.Is(destination)) throw FilePaths.NoFile(destination, isWritten: true);
        if (File.Exists(destination) && !Force)
            throw new CmdletInputException("FileExists", $"There is a file '{destination}' already.", "Replace it with -Force, or name another one.", ErrorCategory.ResourceExists);
    }

    private async Task<EcsImageFile> ConvertAsync(string file, DiskTarget target, string destination, ByteProgress bar, CancellationToken stop)
    {
        var folder = System.IO.Path.GetDirectoryName(destination)!;
        var source = await DiskFile.OpenAsync(file, Options(FollowBackingFile, bar, folder), stop).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            if (target.Obstacle(source.Disk.Length) is { } obstacle) throw Impossible(obstacle);
            if (source.Files.Any(f => IsSame(f, destination)))
                throw new CmdletInputException("FileIsSource", $"A part of the disk in '{file}' lies in '{destination}'.", "Name another file with -Destination.");
            foreach (var remark in source.Disk.Remarks) Post(() => WriteWarning($"{file}: {remark}"));
            if (target.Caution(source.Disk.Length) is { } caution) Post(() => WriteWarning($"{destination}: {caution}"));
            await CheckRoomAsync(source, target, folder, stop).ConfigureAwait(false);
            await DiskConversion.RunAsync(source.Disk, target, destination, !SkipVerification, bar, stop, replaces: Force).ConfigureAwait(false);
        }
        var made = await DiskFile.OpenAsync(destination, Options(false, bar) with { Format = target.Format }, stop).ConfigureAwait(false);
        await using (made.ConfigureAwait(false)) return await EcsImageFile.DescribeAsync(made, stop).ConfigureAwait(false);
    }

    // How far compression goes is not known beforehand.
    private static async Task CheckRoomAsync(DiskFile source, DiskTarget target, string folder, CancellationToken stop)
    {
        if (target.IsCompressed || target.Format is DiskFormat.Vmdk) return;
        var needed = await EcsImageFile.StoredAsync(source.Disk, stop).ConfigureAwait(false);
        if (FreeRoom.In(folder) is { } free && needed > free)
            throw new CmdletInputException("DiskSpaceLow", $"The new file takes up to {Sizes.Text(needed)}, and '{folder}' has {Sizes.Text(free)} left.",
                "Make room, write to another disk, or compress: QCOW2 with -Compress.", ErrorCategory.ResourceUnavailable);
    }

    private static CmdletInputException Impossible(string obstacle) =>
        new("FormatUnsuitable", $"{char.ToUpperInvariant(obstacle[0])}{obstacle[1..]}.", "Name another format with -Format.");

    // Links and the case of letters may make one file of two names.
    private static bool IsSame(string file, string destination) =>
        string.Equals(Real(file), Real(destination), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static string Real(string file) =>
        File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file : file;
}
