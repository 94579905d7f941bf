namespace EcsImages.Core.Images.Choice;

/// <summary>What speaks against an image.</summary>
/// <param name="Kind">In a few words, so that many can be counted together.</param>
/// <param name="Text">A sentence with the values of this image.</param>
internal sealed record Objection(string Kind, string Text);
