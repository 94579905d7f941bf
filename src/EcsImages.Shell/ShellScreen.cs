namespace EcsImages.Shell;

/// <summary>Standard output and error. It knows whether a person looks at them, and keeps the line of progress out of the text.</summary>
internal sealed class ShellScreen
{
    private const int RedirectedWidth = 120;
    private const int RedirectedHeight = 50;
    private readonly object _turn = new();
    private bool _progressShown;

    public static bool OutputIsTerminal { get; } = !Console.IsOutputRedirected;

    public static bool ErrorIsTerminal { get; } = !Console.IsErrorRedirected;

    /// <summary>NO_COLOR is a convention: https://no-color.org.</summary>
    public static bool ColourAllowed { get; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static int Width => OutputIsTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : RedirectedWidth;

    public static int Height => OutputIsTerminal && Console.WindowHeight > 0 ? Console.WindowHeight : RedirectedHeight;

    public void Write(string text)
    {
        lock (_turn)
        {
            ClearProgressLine();
            Console.Out.Write(text);
        }
    }

    /// <summary>In colour where output is a terminal; <paramref name="sgr"/> is the ANSI parameter, as "33" for yellow.</summary>
    public void Write(string text, string? sgr) => Write(sgr is null || !OutputIsTerminal ? text : Coloured(text, sgr));

    public void WriteErrorLine(string text)
    {
        lock (_turn)
        {
            ClearProgressLine();
            Console.Error.WriteLine(ErrorIsTerminal ? Coloured(text, "31;1") : text);
        }
    }

    /// <summary>Shows a line that the next text replaces; null takes it away. Nothing where output is not a terminal.</summary>
    public void ShowProgress(string? line)
    {
        if (!OutputIsTerminal || !ErrorIsTerminal) return;
        lock (_turn)
        {
            ClearProgressLine();
            if (line is null) return;
            var room = Width - 1;
            Console.Error.Write(line.Length > room ? line[..room] : line);
            _progressShown = true;
        }
    }

    private static string Coloured(string text, string sgr) => ColourAllowed ? $"\e[{sgr}m{text}\e[0m" : text;

    private void ClearProgressLine()
    {
        if (!_progressShown) return;
        Console.Error.Write("\r\e[K");
        _progressShown = false;
    }
}
