using System.Text.Json.Serialization;
using EcsImages.Emulator.Metadata;

namespace EcsImages.Emulator.Control;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(ClockState))]
[JsonSerializable(typeof(ClockChange))]
[JsonSerializable(typeof(IReadOnlyList<AccountState>))]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(FaultState))]
[JsonSerializable(typeof(IReadOnlyList<FaultState>))]
[JsonSerializable(typeof(IReadOnlyList<LoggedRequest>))]
[JsonSerializable(typeof(InstanceMetadata))]
[JsonSerializable(typeof(InstanceChange))]
[JsonSerializable(typeof(ControlError))]
internal sealed partial class ControlJson : JsonSerializerContext;

internal sealed record Health(string Status, string Version, DateTimeOffset Now);

internal sealed record ClockState(DateTimeOffset Now, double OffsetSeconds);

/// <summary>Either of the two.</summary>
internal sealed record ClockChange
{
    public DateTimeOffset? Now { get; init; }

    public double? AdvanceSeconds { get; init; }
}

internal sealed record AccountState(string Name, string AccountId);

internal sealed record NewAccount
{
    public required string Name { get; init; }

    /// <summary>A key that the account is to have; kept in memory only.</summary>
    public string? AccessKeyId { get; init; }

    public string? AccessKeySecret { get; init; }
}

internal sealed record FaultState(int Id, Fault Fault, int Met);

internal sealed record ControlError(string Error);
