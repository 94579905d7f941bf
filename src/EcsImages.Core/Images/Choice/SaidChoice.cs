namespace EcsImages.Core.Images.Choice;

/// <summary>Understands what a person typed for a workload or a need; a part of a name is enough where it is unmistakable.</summary>
internal static class SaidChoice
{
    /// <summary>A workload, or an operating system by name; neither if the words mean nothing that is known.</summary>
    public static (Workload? Workload, NamedSystem? System) Workload(string said)
    {
        // A version is more than any workload says.
        var system = new NamedSystem(said);
        if (system.HasVersion && Lifecycles.OfText(said) is not null) return (null, system);
        var workload = Workloads.Find(said) ?? Part(Workloads.All, said, static w => w.Name);
        return workload is not null ? (workload, null) : (null, system.IsKnown ? system : null);
    }

    public static Need? Need(string said) => Needs.Find(said) ?? Part(Needs.All, said, static n => n.Name);

    /// <summary>zh or en; null if it is neither.</summary>
    public static string? Language(string said) => said.Trim().ToLowerInvariant() switch
    {
        "en" or "en-us" or "english" => "en",
        "zh" or "zh-cn" or "cn" or "chinese" => "zh",
        _ => null,
    };

    // "web" is Enterprise web, "CleanOS" is Clean OS.
    private static T? Part<T>(IReadOnlyList<T> rows, string said, Func<T, string> nameOf) where T : class
    {
        var plain = Plain(said);
        if (plain.Length == 0) return null;
        return rows.FirstOrDefault(r => Plain(nameOf(r)) == plain)
            ?? (rows.Where(r => nameOf(r).Split(' ').Any(w => string.Equals(w, said.Trim(), StringComparison.OrdinalIgnoreCase))).Take(2).ToArray() is [var only] ? only : null);
    }

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
