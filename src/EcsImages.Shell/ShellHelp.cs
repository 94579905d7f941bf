namespace EcsImages.Shell;

internal static class ShellHelp
{
    public const string Text = """
        Runs PowerShell scripts with the module EcsImage imported, on machines that have no pwsh.

          dotnet run --project src/EcsImages.Shell -- [switches] [-File] PATH [arguments]
          dotnet run --project src/EcsImages.Shell -- [switches] -Command TEXT

          -File, -f PATH       run a script; what follows are its arguments; - is standard input
          -Command, -c TEXT    run a text; - is standard input
          -NonInteractive      never ask: a question is an error
          -NoLogo              no greeting at the prompt
          -NoProfile           accepted; this shell has no profile
          -Version, -Help

        With neither, it prompts at a terminal, and runs standard input where that is redirected.
        It has the language, the module and the engine's own cmdlets (Where-Object, ForEach-Object,
        Get-Command, Import-Module, jobs), not the standard ones (Select-Object, Get-Content).
        The exit code is that of the script's exit; else 1 after a terminating error or a -Command
        whose last statement failed, 64 for a wrong command line, 130 after Ctrl+C; else 0.
        The environment variable ECSIMAGE_MODULE names another EcsImage.psd1 to import.
        """;
}
