using System.Globalization;
using EcsImages.Local.Dispatch;

namespace EcsImages.Emulator.Metadata;

/// <summary>What one asks of sessions beside the metadata service: the credentials URI, and which instance clients are on.</summary>
internal sealed class SessionControl(SessionShelf sessions, MetadataFront metadata)
{
    private const string Account = "account";
    private const string Role = "role";
    private const string Duration = "durationSeconds";

    public InstanceMetadata Instance => metadata.Instance;

    /// <exception cref="ArgumentException">What of it cannot be.</exception>
    public void Change(InstanceChange change) => metadata.Instance = metadata.Instance.With(change);

    public void Clear() => sessions.Clear();

    /// <summary>A session for a query that names account, role and durationSeconds as it likes.</summary>
    /// <exception cref="ArgumentException">What of the query cannot be.</exception>
    public async Task<SessionDocument> CredentialsAsync(string query, CancellationToken stop)
    {
        var asked = RequestParameters.Decode(query).GroupBy(static p => p.Key).ToDictionary(static g => g.Key, static g => g.Last().Value, StringComparer.Ordinal);
        if (asked.Keys.FirstOrDefault(static n => n is not (Account or Role or Duration)) is { } unknown)
            throw new ArgumentException($"There is no parameter '{unknown}'. There are: {Account}, {Role}, {Duration}.");
        var instance = Instance;
        var role = RoleName.Check(asked.GetValueOrDefault(Role) ?? instance.Role ?? "EmulatorRole");
        return SessionDocument.Of(await sessions.GetAsync(asked.GetValueOrDefault(Account) ?? instance.Account, role, LifeOf(asked.GetValueOrDefault(Duration)), stop).ConfigureAwait(false));
    }

    // The bounds of AssumeRole.
    private static TimeSpan LifeOf(string? seconds) => seconds is null ? TimeSpan.FromHours(1)
        : int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 900 and <= 43_200 ? TimeSpan.FromSeconds(number)
        : throw new ArgumentException($"{Duration} is a number from 900 to 43200, not '{seconds}'.");
}
