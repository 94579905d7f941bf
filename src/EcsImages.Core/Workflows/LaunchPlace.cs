namespace EcsImages.Core.Workflows;

/// <summary>Where in a network an instance would be launched; null takes the default one.</summary>
internal sealed record LaunchPlace(string? VSwitchId, string? SecurityGroupId);
