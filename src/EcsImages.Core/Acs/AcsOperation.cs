using System.Text.Json.Serialization.Metadata;

namespace EcsImages.Core.Acs;

/// <summary>What the client must know of an operation before it calls it.</summary>
/// <param name="Product">Whose operation it is.</param>
/// <param name="Name">As in the contract.</param>
/// <param name="Repeat">Whether it may be sent again.</param>
public abstract record AcsOperation(AcsProduct Product, string Name, Repeat Repeat)
{
    /// <summary>The RAM action that permits it, such as ecs:CopyImage.</summary>
    public string Action => $"{Product.Name}:{Name}";

    /// <summary>Whether it needs no key: what it is sent proves who asks. Its parameters travel as a form, out of the logs of proxies.</summary>
    internal bool IsAnonymous { get; init; }

    /// <summary>Whether its parameters travel as a form whatever the product: a script is too long for a URL, and none of the logs of proxies.</summary>
    /// <remarks>Source: the RPC style takes parameters in the query or as a form.</remarks>
    internal bool ParametersInBody { get; init; }

    /// <summary>The shape of the request, whose property names are wire names.</summary>
    public abstract JsonTypeInfo RequestShape { get; }

    /// <summary>The shape of the reply.</summary>
    public abstract JsonTypeInfo ReplyShape { get; }
}

/// <summary>An operation with the types of its request and reply.</summary>
public sealed record AcsOperation<TRequest, TReply>(
    AcsProduct Product, string Name, Repeat Repeat, JsonTypeInfo<TRequest> Request, JsonTypeInfo<TReply> Reply)
    : AcsOperation(Product, Name, Repeat)
    where TReply : AcsReply
{
    /// <inheritdoc/>
    public override JsonTypeInfo RequestShape => Request;

    /// <inheritdoc/>
    public override JsonTypeInfo ReplyShape => Reply;
}

/// <summary>What every reply holds.</summary>
public record AcsReply
{
    /// <summary>Names the request to the service's support.</summary>
    public string? RequestId { get; init; }
}
