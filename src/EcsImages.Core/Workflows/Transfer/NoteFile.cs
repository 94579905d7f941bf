using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EcsImages.Core.Files;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>Notes of work that is under way, a line each, the newest last, in a file beside what is worked on: whoever does the same work again goes on from there.</summary>
/// <remarks>While it is open, nobody else does the same work. A line that a kill cut in two does not count.</remarks>
internal sealed class NoteFile<TNote> : IDisposable where TNote : class
{
    private readonly JsonTypeInfo<TNote> _shape;
    private readonly FileStream _file;

    private NoteFile(string path, JsonTypeInfo<TNote> shape, FileStream file, TNote? note) => (Path, _shape, _file, Note) = (path, shape, file, note);

    public string Path { get; }

    /// <summary>The newest; null where there is none.</summary>
    public TNote? Note { get; private set; }

    /// <summary>Opens it, or begins one.</summary>
    /// <exception cref="PreconditionException">WorkUnderWay: another process has it open.</exception>
    /// <exception cref="IOException">It cannot be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static NoteFile<TNote> Open(string path, JsonTypeInfo<TNote> shape)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e) when (FileLock.IsSharingViolation(e))
        {
            throw new PreconditionException("WorkUnderWay", $"Another process does the same just now: it holds '{path}'. Wait until it has ended, or stop it.");
        }
        try
        {
            return new NoteFile<TNote>(path, shape, file, Newest(file, shape));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The newest note, for whoever only looks: the file is neither begun nor held. Null where there is none, or it cannot be read.</summary>
    public static TNote? Peek(string path, JsonTypeInfo<TNote> shape)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            return Newest(file, shape);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Adds a newer note; it is on the disk when this returns.</summary>
    public void Keep(TNote note)
    {
        Note = note;
        _file.Seek(0, SeekOrigin.End);
        _file.Write(Encoding.UTF8.GetBytes($"\n{JsonSerializer.Serialize(note, _shape)}\n"));
        _file.Flush(flushToDisk: true);
    }

    /// <summary>The work has ended.</summary>
    public void Delete()
    {
        File.Delete(Path);
        _file.Dispose();
    }

    /// <summary>A file in which nothing was noted does not stay.</summary>
    public void Dispose()
    {
        if (Note is null) Delete();
        else _file.Dispose();
    }

    private static TNote? Newest(FileStream file, JsonTypeInfo<TNote> shape)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        return reader.ReadToEnd().Split('\n').Select(line => Parse(line, shape)).LastOrDefault(static n => n is not null);
    }

    private static TNote? Parse(string line, JsonTypeInfo<TNote> shape)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Names for files that belong to one piece of work.</summary>
internal static class WorkTag
{
    /// <summary>Eight letters and digits for what tells a piece of work from others.</summary>
    public static string Of(params string[] words) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words))))[..8].ToLowerInvariant();
}
