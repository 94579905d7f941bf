using EcsImages.Core.Building;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>Holds the YAML of a component to its form: tasks of a name and an action each, and parameters of a known type. Source: the documentation of Image Builder's components.</summary>
/// <remarks>Only the plain block form is judged; YAML's other forms are left alone.</remarks>
internal static class ComponentTasks
{
    private const string Key = "Tasks";
    private static readonly string[] Types = ["String", "Number", "Boolean"];
    private static readonly string[] Actions = ["RunShellCommand", "RunPowerShellCommand", "InvokeCommand", "OSSDownload", "OSSUpload", "WebDownload", "Reboot"];

    /// <exception cref="EndpointError">InvalidParameter.Content: the first thing that is wrong.</exception>
    public static void Check(string content)
    {
        foreach (var parameter in ComponentParameter.ReadAll(content) ?? [])
            if (!Types.Contains(parameter.Type)) throw Wrong($"the parameter {parameter.Name} has the type {parameter.Type}, which is none of {string.Join(", ", Types)}.");
        var lines = PlainYaml.Lines(content);
        if (PlainYaml.Block(lines, Key) is { } block) CheckBlock(block);
        // Where all that stands at the left edge is plain, the tasks are not there in another form.
        else if (lines.Where(static l => l.Indent == 0 && !l.IsItem).ToArray() is { Length: > 0 } edge && edge.All(static l => PlainYaml.Pair(l.Text) is { Key: not Key })) throw Wrong("it has no Tasks.");
    }

    private static void CheckBlock(PlainLine[] block)
    {
        if (block.Length == 0) throw Wrong("Tasks has no task.");
        if (!block[0].IsItem)
        {
            if (PlainYaml.Pair(block[0].Text) is null) return;
            throw Wrong("Tasks is not a list: each task begins with a dash.", block[0].Number);
        }
        var edge = block[0].Indent;
        // A line further left than the list, or at its edge without a dash, is of no plain form.
        if (block.Any(l => l.Indent < edge || (l.Indent == edge && !l.IsItem))) return;
        for (var at = 0; at < block.Length;)
        {
            var length = 1 + block.Skip(at + 1).TakeWhile(l => l.Indent > edge).Count();
            CheckTask(block.AsSpan(at, length));
            at += length;
        }
    }

    private static void CheckTask(ReadOnlySpan<PlainLine> task)
    {
        if (Fields(task) is not { } fields) return;
        if (!fields.TryGetValue("Name", out var name) || name.Length == 0) throw Wrong("the task has no Name.", task[0].Number);
        if (!fields.TryGetValue("Action", out var action) || action.Length == 0) throw Wrong($"the task {name} has no Action.", task[0].Number);
        if (!Actions.Contains(action)) throw Wrong($"the task {name} has the Action {action}, which is none of {string.Join(", ", Actions)}.", task[0].Number);
    }

    // What stands right at the edge of the task; what is further in belongs to one of these. Null for a task in another form.
    private static Dictionary<string, string>? Fields(ReadOnlySpan<PlainLine> task)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var first = task[0].Text.TrimStart()[1..];
        var edge = first.Length > 0 ? task[0].Indent + 1 + first.Length - first.TrimStart().Length : task.Length > 1 ? task[1].Indent : 0;
        if (first.Length > 0 && !Add(first)) return null;
        foreach (var line in task[1..])
        {
            if (line.Indent < edge) return null;
            if (line.Indent == edge && !Add(line.Text)) return null;
        }
        return fields;

        bool Add(string line)
        {
            if (PlainYaml.Pair(line) is not var (key, value)) return false;
            fields[key] = value;
            return true;
        }
    }

    private static EndpointError Wrong(string words, int? line = null) =>
        BuildText.Malformed(BuildContentUse.Component, line is null ? $"Content: {words}" : $"Content, line {line}: {words}");
}
