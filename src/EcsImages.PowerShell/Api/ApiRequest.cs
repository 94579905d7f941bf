using System.Text.Json.Nodes;
using EcsImages.Core.Acs;
using EcsImages.Core.Contract;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Api;

/// <summary>A request as it is put together: what was given, where it goes, and what the module adds.</summary>
internal sealed class ApiRequest
{
    private const int ShownOfDescription = 300;
    private readonly ApiProduct _product;
    private readonly ApiOperation? _operation;
    private readonly bool _skipsValidation;
    private readonly WireRequest _wire;

    public ApiRequest(ApiProduct product, ApiOperation? operation, bool skipsValidation)
    {
        (_product, _operation, _skipsValidation) = (product, operation, skipsValidation);
        _wire = new WireRequest(operation, product.Contract().HiddenParameters);
    }

    /// <summary>What travels.</summary>
    public Dictionary<string, string> Parameters => _wire.Parameters;

    /// <summary>What is wrong by the contract, and is sent all the same.</summary>
    public IEnumerable<string> Ignored => _wire.Problems.Select(static p => p.Message);

    /// <summary>Whether the service knows a repetition of it by its token.</summary>
    public bool HasClientToken => Takes("ClientToken") && Parameters.GetValueOrDefault("ClientToken") is { Length: > 0 };

    /// <summary>How its listing goes on.</summary>
    public ApiPaging Paging => _operation is null ? new ApiPaging(ApiPagingKind.None, null, null, null) : ApiPaging.Of(_operation, Parameters);

    /// <summary>What a person recognises it by; what may not be shown is ***.</summary>
    public string Description
    {
        get
        {
            var text = Redaction.Describe(Parameters.Where(static p => p.Key is not ("RegionId" or "ClientToken")));
            return text.Length == 0 ? "no parameters" : text.Length <= ShownOfDescription ? text : text[..ShownOfDescription] + "...";
        }
    }

    /// <summary>Adds what -Parameter holds, and what was given by the operation's own parameters; each name once.</summary>
    public void Add(object? parameter, JsonObject named)
    {
        var members = new ApiValues().Members(parameter);
        var twice = members.Select(static m => m.Key.Split('.')[0]).Intersect(named.Select(static n => n.Key), StringComparer.OrdinalIgnoreCase).FirstOrDefault();
        if (twice is not null) throw new CmdletInputException("DuplicateParameter", $"'{twice}' is given twice: in -Parameter, and as -{twice}.", "Give it once.");
        _wire.Add(members);
        _wire.Add(named);
    }

    /// <summary>Adds region and token, and checks the whole.</summary>
    /// <param name="named">What -RegionId says.</param>
    /// <param name="usual">The context's region.</param>
    /// <returns>The region whose endpoint is to be called.</returns>
    public string Complete(string? named, string usual)
    {
        var given = Parameters.GetValueOrDefault("RegionId");
        if (given is { Length: > 0 } && named is not null && given != named)
            throw new CmdletInputException("DuplicateParameter", $"-RegionId says {named}, and -Parameter says {given}.", "Give the region once.");
        var region = given is { Length: > 0 } ? given : named ?? usual;
        if (Takes("RegionId")) Parameters["RegionId"] = region;
        // A dry run makes nothing that a second one could make twice.
        if (Takes("ClientToken") && !_wire.Has("ClientToken") && Parameters.GetValueOrDefault("DryRun") != "true") Parameters["ClientToken"] = ClientTokens.New();
        _wire.CheckPresence();
        var fatal = _wire.Problems.Where(p => !_skipsValidation || p.Code == "DuplicateParameter").ToArray();
        if (fatal.Length > 0) throw Refused(fatal);
        return region;
    }

    // Of an operation that the contract does not know only this much is known.
    private bool Takes(string name) => _operation?.Request.Any(f => f.Name == name) ?? (name == "RegionId" && _product.IsRegional);

    private CmdletInputException Refused(ApiProblem[] problems)
    {
        var message = $"{_operation?.Name ?? "The request"} was not sent: {string.Join("; ", problems.Select(static p => p.Message))}.";
        var advice = _operation is null ? "Give each parameter once." : $"Invoke-EcsApi {_operation.Name}{(_product.Acs.Name == "ecs" ? "" : $" -Product {_product.Acs.Name}")} -ShowParameter lists its parameters; -SkipValidation sends it as it is.";
        return new CmdletInputException(problems[0].Code, message, advice);
    }
}
