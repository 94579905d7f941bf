namespace EcsImages.Local.Contents.Synthetic;

/// <summary>A partition of a GPT disk.</summary>
/// <param name="Type">What it is for, from <see cref="GptTypes"/>.</param>
/// <param name="Id">Its own.</param>
/// <param name="FirstSector">Counted in 512 bytes.</param>
/// <param name="LastSector">Included.</param>
/// <param name="Name">36 UTF-16 units at the most.</param>
internal sealed record GptPartition(Guid Type, Guid Id, long FirstSector, long LastSector, string Name);
