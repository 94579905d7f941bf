using System.Management.Automation.Host;

namespace EcsImages.Shell;

/// <summary>The size that formatting wants to know; where output is redirected there is none to ask, and it is 120 columns.</summary>
internal sealed class ShellRawUserInterface(ShellInput input) : PSHostRawUserInterface
{
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize
    {
        get => new(ShellScreen.Width, ShellScreen.Height);
        set => throw Unsupported();
    }

    public override Size WindowSize
    {
        get => new(ShellScreen.Width, ShellScreen.Height);
        set => throw Unsupported();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "EcsImages.Shell";

    public override bool KeyAvailable => input.CanAsk && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        input.Require("a key is wanted.", "Run it at a terminal.");
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable) Console.ReadKey(intercept: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Unsupported();

    private static NotSupportedException Unsupported() =>
        new("This shell writes a stream of text: its screen can be neither read, nor resized, nor moved about. Run the script in pwsh.");
}
