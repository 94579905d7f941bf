using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos.Steps;

/// <summary>Creates the new image from the instance, and waits until it is available.</summary>
internal sealed class CreateImageStep : IStep
{
    public string Action => "ACS::ECS::CreateImage";

    public double Seconds => 1;

    public JsonObject Begin(StepContext step)
    {
        var answer = step.Ecs("CreateImage",
            [("RegionId", step.RegionId), ("InstanceId", step.Text("instanceId")), ("ImageName", step.Text("imageName")), .. Tags(step.Property("tags"))]);
        var id = answer["ImageId"]!.GetValue<string>();
        step.Log($"The image {id} is being created from {step.Text("instanceId")}.");
        return new() { ["imageId"] = id };
    }

    public void End(StepContext step, JsonObject outputs)
    {
        var id = outputs["imageId"]!.GetValue<string>();
        var image = ImageRows.FindOwn(step.Store, step.Execution.Account, step.RegionId, id) ?? throw Error.ImageNotFound(id, step.RegionId);
        var state = ImageState.At(image, step.Store.Now);
        if (state is not (ImageState.Available or ImageState.Deprecated)) throw Error.Of("IncorrectImageStatus", id, state);
    }

    private static IEnumerable<(string, string?)> Tags(JsonNode? tags)
    {
        if (tags is not JsonArray list) throw Error.Invalid("tags", "it is not a list of objects with Key and Value.");
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not JsonObject tag || tag["Key"]?.ToString() is not { Length: > 0 } key) throw Error.Invalid("tags", $"its item {i + 1} has no Key.");
            yield return ($"Tag.{i + 1}.Key", key);
            yield return ($"Tag.{i + 1}.Value", tag["Value"]?.ToString());
        }
    }
}
