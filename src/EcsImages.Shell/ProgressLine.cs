using System.Globalization;
using System.Management.Automation;

namespace EcsImages.Shell;

/// <summary>Progress on one line, that of the activity which reported last, as long as any is under way.</summary>
internal sealed class ProgressLine(ShellScreen screen)
{
    private readonly Dictionary<(long Source, int Activity), string> _underWay = [];

    public void Show(long sourceId, ProgressRecord record)
    {
        lock (_underWay)
        {
            var key = (sourceId, record.ActivityId);
            if (record.RecordType == ProgressRecordType.Completed) _underWay.Remove(key);
            else _underWay[key] = Text(record);
            screen.ShowProgress(_underWay.TryGetValue(key, out var line) ? line : _underWay.Values.LastOrDefault());
        }
    }

    private static string Text(ProgressRecord record)
    {
        var line = record.Activity;
        if (record.PercentComplete >= 0) line += string.Create(CultureInfo.CurrentCulture, $" {record.PercentComplete} %");
        if (!string.IsNullOrWhiteSpace(record.StatusDescription)) line += $", {record.StatusDescription}";
        if (!string.IsNullOrWhiteSpace(record.CurrentOperation)) line += $", {record.CurrentOperation}";
        if (record.SecondsRemaining >= 0) line += $", {TimeSpan.FromSeconds(record.SecondsRemaining):hh\\:mm\\:ss} left";
        return line.ReplaceLineEndings(" ");
    }
}
