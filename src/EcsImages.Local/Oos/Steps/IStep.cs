using System.Text.Json.Nodes;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oos.Steps;

/// <summary>What an action of a template does; stateless. A refusal (EndpointError) fails the task.</summary>
internal interface IStep
{
    /// <summary>The action; for one that is general, followed by the service and the operation that it is to call.</summary>
    string Action { get; }

    /// <summary>How long it takes, at speed 1.</summary>
    double Seconds { get; }

    /// <summary>The disks whose contents it will refer to. Asked ahead of its turn; what is wrong is for Begin to say.</summary>
    IReadOnlyList<SyntheticDisk> Needs(StepContext step) => [];

    /// <summary>Does it.</summary>
    /// <returns>The outputs of the task.</returns>
    /// <exception cref="EndpointError">It cannot be done.</exception>
    JsonObject Begin(StepContext step);

    /// <summary>Looks at what has become of it, when its time is over.</summary>
    /// <exception cref="EndpointError">It did not come to what it should.</exception>
    void End(StepContext step, JsonObject outputs);
}
