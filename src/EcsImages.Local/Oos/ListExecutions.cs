using EcsImages.Local.Dispatch;
using EcsImages.Local.Oos.Executions;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos;

internal sealed class ListExecutions : IOperation
{
    // Executions that no alarm, event or timer started.
    private const string Category = "Other";

    public string Name => "ListExecutions";

    public IReadOnlyList<string> RefusedHere { get; } = ["ResourceTemplateName"];

    public Reply Run(Call call, Session store)
    {
        if (call.Text("Depth") is { } depth && depth != "RootDepth") throw Error.Invalid("Depth", $"{depth} is not RootDepth.");
        if (call.Text("ResourceTemplateName") is not null) throw Error.Invalid("ResourceTemplateName", "the embedded endpoint does not keep it; TemplateName is what it knows.");
        var rows = new SortedRows(call, store, "oos_execution", "created_at")
            .Where("id = $id", "id", call.Text("ExecutionId"))
            .Where("status = $status", "status", call.Text("Status"))
            .Where("template = $template", "template", call.Text("TemplateName"))
            .Where("mode = $mode", "mode", call.Text("Mode"))
            .Where("description = $description", "description", call.Text("Description"))
            .Where("ram_role = $role", "role", call.Text("RamRole"))
            .Where("resource_group = $group", "group", call.Text("ResourceGroupId"))
            .Where("executed_by = $by OR substr(executed_by, 1, length($by) + 1) = $by || '('", "by", call.Text("ExecutedBy"))
            // None is within another.
            .Where("$parent = ''", "parent", call.Text("ParentExecutionId"))
            .Where($"$category = '{Category}'", "category", call.Text(nameof(Category)))
            .Where("instr(parameters, $resource) > 0 OR EXISTS (SELECT 1 FROM oos_task t WHERE t.execution = oos_execution.id AND instr(t.outputs, $resource) > 0)",
                "resource", call.Text("ResourceId") is { } resource ? $"\"{resource}\"" : null)
            .Tagged(ExecutionTags.Read(call))
            .Dated();
        if (call.JsonList("Categories") is { Count: > 0 } categories) rows.Where("$any", "any", categories.Contains(Category));
        return rows.Page("Executions", r => ExecutionJson.Listed(store, Execution.Read(r)), counts: true);
    }
}
