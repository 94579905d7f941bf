using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oos.Steps;

/// <summary>Whether DescribeImages answers what is wanted. It tells of available images: the name of one that is being created is noticed later.</summary>
internal sealed class CheckImageNameStep : IStep
{
    public string Action => "ACS::CheckFor ECS DescribeImages";

    public double Seconds => 0.2;

    public JsonObject Begin(StepContext step)
    {
        var answer = step.Ecs("DescribeImages", step.Property("Parameters")!.AsObject().Select(static p => (p.Key, (string?)p.Value?.ToString())));
        var selector = step.Needed("PropertySelector");
        var (found, wanted) = (answer[selector], step.Property("DesiredValues")!.AsArray());
        if (wanted.Any(w => w?.ToJsonString() == found?.ToJsonString())) return [];
        throw Error.Invalid("targetImageName", $"DescribeImages answers {selector} {found} for the name {step.Parameter("ImageName")}, and {wanted.ToJsonString()} is wanted: an image has that name.");
    }

    public void End(StepContext step, JsonObject outputs)
    {
        // It was decided when it began.
    }
}
