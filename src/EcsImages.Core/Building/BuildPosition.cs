namespace EcsImages.Core.Building;

/// <summary>A place in a text: line and column from 1, the column in UTF-16 units.</summary>
internal readonly record struct BuildPosition(int Line, int Column);
