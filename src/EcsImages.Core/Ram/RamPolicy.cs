namespace EcsImages.Core.Ram;

/// <summary>A policy document of RAM.</summary>
/// <remarks>Source: RAM, "Policy structure and syntax" (help/doc-detail/93739) and "Policy elements" (93738).</remarks>
/// <param name="Statements">At least one.</param>
internal sealed record RamPolicy(IReadOnlyList<RamStatement> Statements)
{
    /// <summary>Most characters of a custom policy. Source: RAM, "Limitations" (help/doc-detail/28753).</summary>
    public const int MaxCharacters = 6144;

    /// <summary>Reads a document, and holds it to the published grammar.</summary>
    /// <exception cref="RamPolicyException">It is not JSON, or no policy.</exception>
    public static RamPolicy Parse(string document) => RamPolicyReader.Read(document);

    /// <summary>Whether the policy lets a request pass: a Deny that applies wins, then an Allow; nothing is denied too, if only implicitly.</summary>
    public RamDecision Decide(RamRequest request)
    {
        var decision = RamDecision.ImplicitDeny;
        foreach (var statement in Statements)
        {
            if (!statement.AppliesTo(request)) continue;
            if (statement.Effect is RamEffect.Deny) return RamDecision.ExplicitDeny;
            decision = RamDecision.Allow;
        }
        return decision;
    }
}

/// <summary>One statement of a policy.</summary>
/// <param name="Effect">What it does to the requests that it applies to.</param>
/// <param name="Actions">Product and operation, such as ecs:Describe*, in any case.</param>
/// <param name="Resources">Resource names, such as acs:ecs:*:*:image/*.</param>
/// <param name="Conditions">All of them must hold.</param>
internal sealed record RamStatement(RamEffect Effect, RamPatterns Actions, RamPatterns Resources, IReadOnlyList<RamCondition> Conditions)
{
    public bool AppliesTo(RamRequest request) =>
        Actions.Match(request.Action, ignoreCase: true) && Resources.Match(request.Resource, ignoreCase: false)
        && Conditions.All(c => RamOperators.Holds(c, request.Context));
}

/// <summary>Patterns of which one must match; or, as in NotAction and NotResource, none.</summary>
internal sealed record RamPatterns(IReadOnlyList<string> Values, bool Except = false)
{
    public bool Match(string text, bool ignoreCase) => Values.Any(v => RamPattern.Matches(v, text, ignoreCase)) != Except;
}

/// <summary>One key under one operator; one of the values must fit.</summary>
internal sealed record RamCondition(string Operator, string Key, IReadOnlyList<string> Values);

/// <summary>What is asked of a policy.</summary>
/// <param name="Action">Such as ecs:CopyImage.</param>
/// <param name="Resource">Such as acs:ecs:cn-hangzhou:1234567890123456:image/m-1.</param>
/// <param name="Context">The condition keys of the request, by name in any case.</param>
internal sealed record RamRequest(string Action, string Resource, IReadOnlyDictionary<string, string> Context);

/// <summary>What a statement does.</summary>
internal enum RamEffect
{
    Allow,
    Deny,
}

/// <summary>What a policy says to a request.</summary>
internal enum RamDecision
{
    /// <summary>Nothing allows it.</summary>
    ImplicitDeny,

    /// <summary>A statement denies it, whatever others allow.</summary>
    ExplicitDeny,

    Allow,
}

/// <summary>A text that is no policy of RAM; the message says what is wrong where, and what RAM takes.</summary>
public sealed class RamPolicyException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong, and where in the document.</param>
    /// <param name="inner">The cause.</param>
    public RamPolicyException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
