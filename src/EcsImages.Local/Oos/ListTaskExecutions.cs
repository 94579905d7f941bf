using EcsImages.Local.Dispatch;
using EcsImages.Local.Oos.Executions;
using EcsImages.Local.Oos.Templates;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos;

/// <summary>The tasks of executions that were begun or passed over; one whose turn has not come is not there yet.</summary>
internal sealed class ListTaskExecutions : IOperation
{
    private const string View =
        "(SELECT t.*, e.account, e.region, e.template FROM oos_task t JOIN oos_execution e ON e.id = t.execution)";

    public string Name => "ListTaskExecutions";

    public Reply Run(Call call, Session store)
    {
        var execution = call.Text("ExecutionId") is null ? null : CancelExecution.Find(call, store);
        return new SortedRows(call, store, View, "started_at")
            .Where("execution = $execution", "execution", execution?.Id)
            .Where("id = $id", "id", call.Text("TaskExecutionId"))
            .Where("name = $name", "name", call.Text("TaskName"))
            .Where("action = $action", "action", call.Text("TaskAction"))
            .Where("status = $status", "status", call.Text("Status"))
            // None is within another.
            .Where("$parent = ''", "parent", call.Text("ParentTaskExecutionId"))
            .Dated()
            .Page("TaskExecutions", static r => ExecutionJson.Of(TaskExecutionRow.Read(r), Template.Need(r.Text("template"), null).Id), counts: false);
    }
}
