namespace EcsImages.Core.Ram;

/// <summary>The least RAM policy for what somebody wants to do.</summary>
public sealed class EcsRamPolicy
{
    internal EcsRamPolicy(string document, IReadOnlyList<string> actions, IReadOnlyList<string> cmdlets, IReadOnlyList<string> sources) =>
        (Document, Actions, Cmdlets, Sources) = (document, actions.ToArray(), cmdlets.ToArray(), sources.ToArray());

    /// <summary>The policy document: JSON that RAM takes as the document of a custom policy.</summary>
    public string Document { get; }

    /// <summary>The actions that it allows, such as ecs:CopyImage.</summary>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>The cmdlets that it was made for; empty where it was made for the calls of a session.</summary>
    public IReadOnlyList<string> Cmdlets { get; }

    /// <summary>What it was made from: cmdlets, files of scripts, or the calls of the session, with their regions and how many there were.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The policy document.</summary>
    public override string ToString() => Document;
}
