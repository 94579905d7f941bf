namespace EcsImages.Core.Acs.Credentials;

/// <summary>A key in a file, read again when the file changed: another tool may have renewed it there.</summary>
internal sealed class RereadKey : ICredentialSource
{
    private readonly string _path;
    private readonly Func<CancellationToken, Task<AcsCredential?>> _read;
    private readonly TimeProvider _clock;
    private (DateTime Written, AcsCredential Key) _last;

    /// <param name="path">The file.</param>
    /// <param name="label">The source in words.</param>
    /// <param name="key">What it holds now.</param>
    /// <param name="read">Reads it again; null if the file cannot be read just now.</param>
    /// <param name="clock">Tells whether a session has ended.</param>
    public RereadKey(string path, string label, AcsCredential key, Func<CancellationToken, Task<AcsCredential?>> read, TimeProvider clock)
    {
        (_path, Description, _read, _clock) = (path, label, read, clock);
        _last = (File.GetLastWriteTimeUtc(path), key);
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>What to do once a session has ended.</summary>
    public string Remedy { get; init; } = "";

    /// <inheritdoc/>
    public async ValueTask<AcsCredential> GetAsync(CancellationToken stop)
    {
        var written = File.GetLastWriteTimeUtc(_path);
        // A file that vanished or is being rewritten right now leaves the key that was good a moment ago.
        if (written != _last.Written && await _read(stop).ConfigureAwait(false) is { } key) _last = (written, key);
        return _last.Key.Expiration is { } end && end <= _clock.GetUtcNow()
            ? throw new CredentialException("SessionExpired", $"The session of {Description} in {_path} ended at {end:u}. {Remedy}".TrimEnd())
            : _last.Key;
    }
}
