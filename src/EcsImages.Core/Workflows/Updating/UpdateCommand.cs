using System.Text;

namespace EcsImages.Core.Workflows.Updating;

/// <summary>A script that is to run in the image, with the interpreter that Cloud Assistant runs it by.</summary>
internal sealed record UpdateCommand
{
    public const string Shell = "RunShellScript", PowerShell = "RunPowerShellScript", Bat = "RunBatScript";

    // Source: RunCommand, CommandContent: 18 KB after Base64.
    private const int MostBase64 = 18 * 1024;

    /// <summary>The most bytes that a script can have, in UTF-8.</summary>
    public const int MostBytes = MostBase64 / 4 * 3;

    private const int MostRead = 1 << 20;

    /// <summary>The types, as the template's parameter commandType takes them.</summary>
    public static IReadOnlyList<string> Types { get; } = [Shell, PowerShell, Bat];

    private UpdateCommand(string type, string content) => (Type, Content) = (type, content);

    public string Type { get; }

    public string Content { get; }

    /// <summary>A shell that finds a carriage return at the end of a line takes it for a part of the line.</summary>
    public bool HasForeignLineEnds => Type == Shell && Content.Contains("\r\n", StringComparison.Ordinal);

    /// <summary>Chooses the type, and holds type and content to the system.</summary>
    /// <param name="content">The script.</param>
    /// <param name="fileName">The file that it is from, whose extension tells the type; null for a text.</param>
    /// <param name="type">The type that was asked for; null to choose.</param>
    /// <param name="osType">linux or windows; null where the image does not say.</param>
    /// <exception cref="PreconditionException">It would not run.</exception>
    public static UpdateCommand Of(string content, string? fileName, string? type, string? osType)
    {
        if (string.IsNullOrWhiteSpace(content)) throw new PreconditionException("CommandEmpty", $"There is nothing to run in {Subject(fileName)}.");
        if (content.Contains('\0', StringComparison.Ordinal)) throw new PreconditionException("CommandUnreadable", $"There are null characters in {Subject(fileName)}, which is no text. Save it as UTF-8.");
        var bytes = Encoding.UTF8.GetByteCount(content);
        if (bytes > MostBytes)
            throw new PreconditionException("CommandTooLong", $"There are {bytes} bytes in {Subject(fileName)}; Cloud Assistant takes up to {MostBytes}. Have a short script fetch the rest.");
        var chosen = Spelled(type) ?? OfExtension(fileName) ?? (osType is "windows" ? PowerShell : Shell);
        if (osType is not null && (chosen == Shell) == (osType is "windows"))
            throw new PreconditionException("CommandTypeMismatch",
                $"The image has {(osType is "windows" ? "Windows" : "Linux")}, and {Subject(fileName)} is to run as {chosen}, which is for {(chosen == Shell ? "Linux" : "Windows")}. "
                + (type is null ? "Name a script for its system, or say with -CommandType what it is." : "Name another -CommandType, or leave it out."));
        return new(chosen, content);
    }

    /// <summary>The text of a file: UTF-8, or what its byte order mark says.</summary>
    /// <exception cref="PreconditionException">It is no text, or far too long for a script.</exception>
    public static async Task<string> ReadAsync(string file, CancellationToken stop)
    {
        // Nobody means a disk image; what is a little too long is told with its size in UTF-8.
        if (new FileInfo(file).Length > MostRead) throw new PreconditionException("CommandTooLong", $"The script {file} has {new FileInfo(file).Length} bytes; Cloud Assistant takes up to {MostBytes}.");
        try
        {
            return await File.ReadAllTextAsync(file, new UTF8Encoding(false, throwOnInvalidBytes: true), stop).ConfigureAwait(false);
        }
        catch (DecoderFallbackException)
        {
            throw new PreconditionException("CommandUnreadable", $"The script {file} is no text in UTF-8. Save it as UTF-8.");
        }
    }

    // The service's words, in whatever case.
    private static string? Spelled(string? type) => type is null ? null
        : Types.FirstOrDefault(t => t.Equals(type, StringComparison.OrdinalIgnoreCase))
            ?? throw new PreconditionException("InvalidCommandType", $"'{type}' is no -CommandType; it is one of {string.Join(", ", Types)}.");

    private static string? OfExtension(string? fileName) => Path.GetExtension(fileName)?.ToLowerInvariant() switch
    {
        ".sh" or ".bash" => Shell,
        ".ps1" => PowerShell,
        ".bat" or ".cmd" => Bat,
        _ => null,
    };

    private static string Subject(string? fileName) => fileName is null ? "the command" : $"the script {fileName}";
}
