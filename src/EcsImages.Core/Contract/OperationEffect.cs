namespace EcsImages.Core.Contract;

/// <summary>What an operation does to the account, as far as its name tells.</summary>
/// <remarks>Source: the naming rule of the API, which all operations of the contract follow.</remarks>
internal static class OperationEffect
{
    private static readonly string[] Reading = ["Describe", "Get", "List"];
    private static readonly string[] Destroying = ["Delete", "Remove", "Release", "Replace", "Reset", "Revoke", "ReInit", "Terminate"];

    /// <summary>It changes nothing.</summary>
    public static bool IsRead(string operation) => Reading.Any(v => Begins(operation, v));

    /// <summary>What it takes away does not come back by another call.</summary>
    public static bool IsDestructive(string operation) => Destroying.Any(v => Begins(operation, v));

    // Getaway is no Get: the next word begins with a capital.
    private static bool Begins(string operation, string verb) =>
        operation.Length > verb.Length && operation.StartsWith(verb, StringComparison.Ordinal) && !char.IsLower(operation[verb.Length]);
}
