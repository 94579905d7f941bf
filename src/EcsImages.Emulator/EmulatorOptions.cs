using System.Net;
using EcsImages.Emulator.Control;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;

namespace EcsImages.Emulator;

/// <summary>How the emulator is started.</summary>
internal sealed record EmulatorOptions
{
    /// <summary>The pair that clients may use where none is named. It is public: it protects nothing.</summary>
    public static AccessKey DefaultKey { get; } = new("LTAIemulatorDefaultKey", "emulatorDefaultSecret", "default");

    /// <summary>0 picks a free one.</summary>
    public int Port { get; init; } = 8801;

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The folder of the embedded endpoint.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the folder goes with the process.</summary>
    public bool IsEphemeral { get; init; }

    public double Speed { get; init; } = 1;

    public IReadOnlyList<AccessKey> AccessKeys { get; init; } = [DefaultKey];

    /// <summary>Further names that clients may address it by.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Names that stand for a bucket each, as a CNAME record does.</summary>
    public IReadOnlyDictionary<string, string> BucketNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Who may control it.</summary>
    public ControlAccess Control { get; init; } = new(token: null);

    /// <summary>How many calls a second of one operation one access key may make; as many as it likes without it.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>Which checks of signatures are made.</summary>
    public SignatureChecks Checks { get; init; } = SignatureChecks.All;

    /// <summary>How long a client may take to say what it wants.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The names under which OSS and its buckets are found.</summary>
    public OssHosts OssHosts() => new(
        [.. HostNames.Select(static n => n.ToLowerInvariant())],
        BucketNames.ToDictionary(static b => b.Key.ToLowerInvariant(), static b => b.Value, StringComparer.Ordinal));
}

/// <summary>An access key that the emulator knows while it runs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="Account">The name or the 16-digit id of its account.</param>
internal sealed record AccessKey(string Id, string Secret, string Account)
{
    /// <summary>What a temporary key must come with.</summary>
    public string? SecurityToken { get; init; }

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{Id} of {Account}";
}
