using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>One operation of the API; stateless, in one transaction.</summary>
internal interface IOperation
{
    /// <summary>As the contract spells it.</summary>
    string Name { get; }

    /// <summary>Whether it needs the one write transaction.</summary>
    bool Writes => false;

    /// <summary>Whether contents of disks may be left over after it.</summary>
    bool FreesContents => false;

    /// <summary>Wire patterns (ImageName, Tag.N.Key) whose presence, length, range and number the operation judges, by its own codes.</summary>
    IReadOnlyList<string> JudgedHere => [];

    /// <summary>Wire patterns of what the endpoint has none of, so that any value is refused.</summary>
    IReadOnlyList<string> RefusedHere => [];

    Reply Run(Call call, Session store);
}
