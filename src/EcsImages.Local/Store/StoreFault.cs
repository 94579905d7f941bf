using EcsImages.Core;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>Says in words what SQLite ran into, in which folder, and what to do.</summary>
internal static class StoreFault
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Protocol = 15, NotADatabase = 26;

    public static LocalEndpointException Explain(SqliteException e, string folder) => e.SqliteErrorCode switch
    {
        Busy or Locked => new("LocalFolderBusy",
            $"The folder {folder} is locked by another process for longer than 10 seconds. Wait until it is done, or close it.", e),
        ReadOnly => new("LocalFolderReadOnly", $"The folder {folder} cannot be written. Give yourself write access, or choose another folder.", e),
        Full => new("LocalFolderFull", $"The disk that holds {folder} is full. Free some space, then try again; nothing was changed.", e),
        Corrupt or NotADatabase => new("LocalFolderDamaged",
            $"The file ecs.db in {folder} is damaged or no database of ours. Restore it from a backup, or choose another folder.", e),
        IoError or Protocol => new("LocalFolderInvalid",
            $"Reading or writing ecs.db in {folder} failed ({e.SqliteExtendedErrorCode}). Network folders do not work: choose one on a local disk.", e),
        CannotOpen => new("LocalFolderInvalid", $"The file ecs.db in {folder} cannot be opened. Check the folder and its permissions.", e),
        _ => new("LocalFolderInvalid", $"The database ecs.db in {folder} failed: {e.Message}", e),
    };
}
