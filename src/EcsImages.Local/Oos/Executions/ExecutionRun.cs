using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oos.Steps;
using EcsImages.Local.Oos.Templates;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos.Executions;

/// <summary>Takes one execution a stage further, at the session's time.</summary>
internal sealed class ExecutionRun
{
    private readonly Session _store;
    private readonly Template _template;
    private readonly References _references;
    private readonly List<TaskExecutionRow> _tasks;
    private Execution _execution;

    public ExecutionRun(Session store, Execution execution)
    {
        (_store, _execution, _template) = (store, execution, execution.Template);
        _tasks = TaskExecutionRow.Of(store, execution.Id);
        _references = new(Find);
    }

    private TaskExecutionRow? RunningTask => _tasks is [.., { Status: TaskExecutionRow.Running } last] ? last : null;

    /// <summary>The tasks of the template whose turn has not come yet.</summary>
    public IEnumerable<TemplateTask> NotBegun() => _template.Tasks.Where(t => _tasks.TrueForAll(begun => begun.Name != t.Name));

    public StepContext At(TemplateTask task) => new(_store, _execution, task.Properties, _references);

    /// <summary>Ends the task that is running, and begins the next one whose condition holds; after the last one it ends.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool Advance()
    {
        var next = RunningTask is { } running ? Finish(running) : _execution.NextTask;
        _execution = _execution with { Status = Execution.Running };
        while (next.Length > 0)
        {
            var task = _template.Task(next);
            if (Skips(task)) next = _template.After(next);
            else if (Begin(task, out next))
            {
                _execution = _execution with { NextTask = "", DueAt = _store.Now.AddMilliseconds(_store.Duration(StepTable.Of(task).Seconds)) };
                _execution.Update(_store);
                return false;
            }
        }
        End();
        return true;
    }

    /// <summary>Breaks it off: the running task is cancelled, and what was made is cleaned up from now on.</summary>
    public void Cancel()
    {
        var due = _store.Now;
        var next = "";
        if (RunningTask is { } running)
        {
            var cleaning = _template.CleaningAfter(running.Name);
            if (cleaning.Length == 0)
            {
                // It is cleaning up already, and goes on.
                due = _execution.DueAt!.Value;
            }
            else
            {
                next = _tasks.Exists(static t => t.Outputs.Count > 0) ? cleaning : "";
                Change(running with { Status = TaskExecutionRow.Cancelled, EndedAt = _store.Now }, $"The task {running.Name} was cancelled.");
            }
        }
        _execution.Log(_store, "The execution was cancelled.");
        _execution = _execution with { Ending = Execution.Cancelled, NextTask = next, DueAt = due };
        _execution.Update(_store);
    }

    private bool Skips(TemplateTask task)
    {
        if (task.When is null || _references.IsTrue(task.When)) return false;
        Insert(task, TaskExecutionRow.Skipped);
        _execution.Log(_store, $"The task {task.Name} was skipped: its condition does not hold.", _tasks[^1].Id);
        return true;
    }

    // False where it failed at once; then next says where to go on.
    private bool Begin(TemplateTask task, out string next)
    {
        next = "";
        Insert(task, TaskExecutionRow.Running);
        var row = _tasks[^1];
        _execution.Log(_store, $"The task {task.Name} started.", row.Id);
        try
        {
            var properties = _references.Fill(task.Properties)!.AsObject();
            Replace(row with { Properties = properties });
            var outputs = _store.Attempt(() => StepTable.Of(task).Begin(new(_store, _execution, properties, _references) { TaskId = row.Id }));
            Replace(_tasks[^1] with { Outputs = outputs });
            return true;
        }
        catch (EndpointError e)
        {
            next = Fail(task, e);
            return false;
        }
    }

    private string Finish(TaskExecutionRow row)
    {
        var task = _template.Task(row.Name);
        try
        {
            _store.Attempt(() =>
            {
                StepTable.Of(task).End(new(_store, _execution, row.Properties, _references) { TaskId = row.Id }, row.Outputs);
                return true;
            });
            Change(row with { Status = TaskExecutionRow.Success, EndedAt = _store.Now }, $"The task {row.Name} completed.");
            return _template.After(row.Name);
        }
        catch (EndpointError e)
        {
            return Fail(task, e);
        }
    }

    private string Fail(TemplateTask task, EndpointError error)
    {
        var reason = $"{error.Code}: {error.Message}";
        var message = $"The task {task.Name} failed. {reason}";
        Change(_tasks[^1] with { Status = TaskExecutionRow.Failed, EndedAt = _store.Now, Message = reason }, message);
        _execution = _execution with
        {
            Ending = _execution.Ending.Length > 0 ? _execution.Ending : Execution.Failed,
            Message = _execution.Message.Length > 0 ? $"{_execution.Message} {message}" : message,
        };
        return task.OnError;
    }

    private void End()
    {
        var outputs = new JsonObject();
        if (_execution.Ending.Length == 0)
            foreach (var (name, value) in _template.Outputs) outputs[name] = _references.Fill(value);
        _execution = _execution with
        {
            Status = _execution.Ending.Length > 0 ? _execution.Ending : Execution.Success,
            // Whoever looks at the whole only should know what did not happen.
            Message = _execution.Ending.Length > 0 ? _execution.Message : NotExecuted(),
            Outputs = outputs,
            NextTask = "",
            EndedAt = _store.Now,
            DueAt = null,
        };
        _execution.Update(_store);
        _execution.Log(_store, $"The execution ended: {_execution.Status}.");
    }

    private string NotExecuted() => _tasks.FindLast(static t => t.Outputs.ContainsKey(GuestStep.Output))?.Outputs[GuestStep.Output]?.ToString() ?? "";

    private void Insert(TemplateTask task, string status)
    {
        var row = new TaskExecutionRow
        {
            Id = $"{_execution.Id}.t{_tasks.Count + 1:D4}",
            ExecutionId = _execution.Id,
            Name = task.Name,
            Action = task.Action,
            Properties = task.Properties,
            Status = status,
            StartedAt = _store.Now,
            EndedAt = status == TaskExecutionRow.Skipped ? _store.Now : null,
        };
        row.Insert(_store);
        _tasks.Add(row);
    }

    private void Change(TaskExecutionRow row, string message)
    {
        Replace(row);
        _execution.Log(_store, message, row.Id);
    }

    private void Replace(TaskExecutionRow row)
    {
        _tasks[^1] = row;
        row.Update(_store);
    }

    // What a task was to answer holds once it has succeeded, but a task that failed late may have made what is to be cleaned up.
    private JsonNode? Find(string name) => name switch
    {
        "ACS::RegionId" => _execution.RegionId,
        "ACS::ExecutionId" => _execution.Id,
        _ when name.Split('.') is [var task, var output] => _tasks.FindLast(t => t.Name == task)?.Outputs[output],
        _ => _execution.Parameters[name],
    };
}
