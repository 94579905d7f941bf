using EcsImages.Core.Contract;

namespace EcsImages.Core.Building;

/// <summary>The commands of the language, and what to write for those that only look like it.</summary>
internal static class BuildKeywords
{
    public const string From = "FROM", Run = "RUN", Env = "ENV", WorkDir = "WORKDIR", Copy = "COPY", User = "USER", Label = "LABEL",
        Cmd = "CMD", EntryPoint = "ENTRYPOINT", Restart = "RESTART", Component = "COMPONENT";

    /// <summary>All of them; FROM last, since it is out of use.</summary>
    public static IReadOnlyList<string> All { get; } = [Run, Copy, Env, WorkDir, User, Label, Cmd, EntryPoint, Restart, Component, From];

    private static readonly IReadOnlyList<string> OfComponents = [.. All.Where(static k => k is not (Component or From))],
        OfTests = [.. All.Where(static k => k is not From)];

    private const int Longest = 64;

    // Dockerfile has these, or people reach for them; the service's list of commands does not.
    private static readonly Dictionary<string, string> Instead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ADD"] = "Use COPY, which takes URLs and paths, and unpack an archive with RUN.",
        ["ARG"] = "Use ENV, or a YAML component with Parameters.",
        ["EXPOSE"] = "Leave it out: ports are opened in the security group of the instance.",
        ["HEALTHCHECK"] = "Leave it out: tests belong in the test content of the pipeline.",
        ["MAINTAINER"] = "Use LABEL maintainer=\"...\".",
        ["ONBUILD"] = "Leave it out, and write what it held as commands.",
        ["REBOOT"] = "Use RESTART.",
        ["SHELL"] = "Name the shell in RUN, such as RUN bash -c '...'.",
        ["STOPSIGNAL"] = "Leave it out: an instance has no stop signal.",
        ["VOLUME"] = "Leave it out: disks belong to the instance.",
    };

    // Two letters in each other's place are two slips for NearestNames, too many in a short word.
    private static string? Nearest(string keyword, IReadOnlyList<string> usable) =>
        NearestNames.Of(keyword, usable) is [var first, ..] ? first : usable.FirstOrDefault(k => k.Order().SequenceEqual(keyword.ToUpperInvariant().Order()));

    /// <summary>What to write for a keyword that there is not.</summary>
    public static string RemedyFor(string keyword, BuildContentUse use)
    {
        if (Instead.TryGetValue(keyword, out var instead)) return instead;
        var usable = use switch { BuildContentUse.Component => OfComponents, BuildContentUse.Test => OfTests, _ => All };
        // No command is so long: the rest could only take time.
        return Nearest(keyword[..Math.Min(keyword.Length, Longest)], usable) is { } nearest ? $"Did you mean {nearest}?"
            : $"A command is one of {string.Join(", ", usable)}. If the line goes on the command before it, end the line before with \\.";
    }
}
