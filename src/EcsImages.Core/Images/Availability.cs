namespace EcsImages.Core.Images;

/// <summary>In which regions images of one kind are.</summary>
/// <param name="ImageType">The kind.</param>
/// <param name="IsEverywhere">Whether every region has it, or its equivalent.</param>
/// <param name="CanBeCopied">Whether Copy-EcsImage brings it to other regions.</param>
/// <param name="Text">The rule.</param>
/// <param name="Source">Where that stands.</param>
internal sealed record Availability(EcsImageType ImageType, bool IsEverywhere, bool CanBeCopied, string Text, string Source);
