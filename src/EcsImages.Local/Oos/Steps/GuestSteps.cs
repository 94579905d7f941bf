using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos.Steps;

/// <summary>What would happen inside the machine. There is none: each step checks all that can be checked, and says that nothing was executed.</summary>
internal abstract class GuestStep : IStep
{
    /// <summary>The output that says what was not executed.</summary>
    public const string Output = "commandOutput";

    public abstract string Action { get; }

    public double Seconds => 0.5;

    /// <summary>What is not executed, in words.</summary>
    protected abstract string What(StepContext step, InstanceRow instance);

    public JsonObject Begin(StepContext step)
    {
        var instance = InstanceCheck.Need(step, step.Needed("instanceId"), InstanceRow.Running);
        var words = $"{What(step, instance)} Nothing was executed inside {instance.Id}: the instances of the embedded endpoint do not run, and their disks stay as they are.";
        step.Log(words);
        return new() { [Output] = words };
    }

    public void End(StepContext step, JsonObject outputs) => InstanceCheck.Need(step, step.Needed("instanceId"), InstanceRow.Running);
}

internal sealed class InstallAssistantStep : GuestStep
{
    public override string Action => "ACS::ECS::InstallCloudAssistant";

    protected override string What(StepContext step, InstanceRow instance) => "Cloud Assistant was to be installed.";
}

internal sealed class RunCommandStep : GuestStep
{
    public override string Action => "ACS::ECS::RunCommand";

    // The command itself may hold a secret: no log repeats it.
    protected override string What(StepContext step, InstanceRow instance)
    {
        var type = step.Needed("commandType");
        if (type == "RunShellScript" == (instance.OsType == "windows"))
            throw Error.Invalid("commandType", $"{type} does not run on {instance.OsType}, which {instance.Id} has.");
        var length = step.Needed("commandContent").Length;
        return $"A command of the type {type} with {length} character{(length == 1 ? "" : "s")} was to be run.";
    }
}

internal sealed class ConfigurePackageStep : GuestStep
{
    public override string Action => "ACS::ECS::ConfigureOOSPackage";

    protected override string What(StepContext step, InstanceRow instance)
    {
        var version = step.Text("packageVersion") is { } given ? $" {given}" : "";
        return $"The package {step.Needed("packageName")}{version} was to be installed.";
    }
}
