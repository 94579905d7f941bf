using System.Management.Automation;
using System.Text.Json.Nodes;
using EcsImages.Core.Acs;
using EcsImages.Core.Contract;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Api;

/// <summary>Calls any operation of the API by its name, for what has no cmdlet.</summary>
/// <remarks>
/// <para>Once the operation is typed, its parameters complete with Tab like those of any cmdlet; -Parameter takes them as a hashtable as well, also by their wire names (Tag.1.Key), and those whose names this cmdlet has itself. Lists and hashtables are turned into what travels. Everything is checked against the API's contract before it is sent; -SkipValidation sends what the contract does not know.</para>
/// <para>Operations named Describe, Get or List read; all others have -WhatIf and -Confirm, and those that delete, remove, release, replace or reset ask. The region is put in where the operation takes one, and a ClientToken where it takes one, so that it may be repeated safely when an answer is lost.</para>
/// <para>It writes the reply as an object; with -All the items of its list, page after page. What it writes carries the RegionId that was asked, where it has none itself, so that it can be piped to the other cmdlets.</para>
/// </remarks>
/// <example>
/// <code>Invoke-EcsApi DescribeZones</code>
/// <para>Calls an operation that has no cmdlet, and writes its reply.</para>
/// </example>
/// <example>
/// <code>Invoke-EcsApi DescribeImages -ImageOwnerAlias self -Tag @{ Key = 'team'; Value = 'web' } -All</code>
/// <para>Gives parameters of the operation by name, and writes all images rather than one page of them.</para>
/// </example>
/// <example>
/// <code>Invoke-EcsApi DescribeInstanceTypes @{ InstanceTypes = 'ecs.g7.large', 'ecs.g7.xlarge' } -Raw</code>
/// <para>Gives the parameters as a hashtable, and writes the reply as the JSON that came.</para>
/// </example>
/// <example>
/// <code>Invoke-EcsApi ModifyImageAttribute @{ ImageId = 'm-bp1'; Features = @{ NvmeSupport = 'supported' } } -WhatIf</code>
/// <para>Shows what a call that changes something would do. The nested hashtable travels as Features.NvmeSupport.</para>
/// </example>
/// <example>
/// <code>Invoke-EcsApi CopyImage -ShowParameter</code>
/// <para>Lists the parameters of an operation: type, limits, default, and the values that are known.</para>
/// </example>
/// <example>
/// <code>Invoke-EcsApi GetCallerIdentity -Product sts</code>
/// <para>Calls an operation of another product.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "EcsApi", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = CallSet)]
[OutputType(typeof(PSObject), typeof(string), ParameterSetName = [CallSet])]
[OutputType(typeof(EcsApiParameter), ParameterSetName = [ShowSet])]
[Calls("*")]
public sealed class InvokeEcsApiCommand : EcsRegionCmdlet, IDynamicParameters
{
    private const string CallSet = "Call";
    private const string ShowSet = "ShowParameter";
    private RuntimeDefinedParameterDictionary? _ofOperation;

    /// <summary>The operation, such as DescribeZones.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(ApiOperationCompleter)), ValidatePattern("^[A-Za-z][A-Za-z0-9]{0,127}$")]
    public string Operation { get; set; } = "";

    /// <summary>Its parameters: a hashtable or an object, with lists and hashtables within it where the operation takes them. A password may be a SecureString.</summary>
    [Parameter(Position = 1, ParameterSetName = CallSet)]
    [ArgumentCompleter(typeof(ApiParameterCompleter))]
    public object? Parameter { get; set; }

    /// <summary>The product whose operation it is.</summary>
    [Parameter, ValidateSet("ecs", "sts", "quotas", "oos", "ram", "location")]
    public string Product { get; set; } = "ecs";

    /// <summary>Reads on until the end of the list, and writes its items. Where a reply has several lists, it writes each page.</summary>
    [Parameter(ParameterSetName = CallSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Writes each reply as the JSON that came.</summary>
    [Parameter(ParameterSetName = CallSet)]
    public SwitchParameter Raw { get; set; }

    /// <summary>Sends what the contract does not know or does not allow: the service adds operations, parameters and values without asking us.</summary>
    [Parameter(ParameterSetName = CallSet)]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Lists the parameters of the operation, and calls nothing.</summary>
    [Parameter(ParameterSetName = ShowSet, Mandatory = true)]
    public SwitchParameter ShowParameter { get; set; }

    /// <inheritdoc/>
    public object? GetDynamicParameters() => _ofOperation =
        ApiProduct.Find(Product)?.Operation(Operation ?? "") is { } operation ? ApiDynamicParameters.Of(operation, GetType(), CallSet) : null;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Operation, () =>
    {
        var product = ApiProduct.Find(Product)!;
        var operation = product.Operation(Operation);
        if (operation is null && !(SkipValidation && !ShowParameter)) throw UnknownOperation(product);
        if (ShowParameter) WriteObject(EcsApiParameter.Of(operation!), enumerateCollection: true);
        else Call(product, operation, ResolveContext());
    });

    private void Call(ApiProduct product, ApiOperation? operation, EcsContext context)
    {
        var name = operation?.Name ?? Operation;
        var reads = OperationEffect.IsRead(name);
        if (All && !reads)
            throw new CmdletInputException("InvalidParameter", $"{name} lists nothing, so -All has no meaning.", operation is not null && FieldNames.Find(operation.Request, nameof(All)) is not null
                ? "For the operation's own parameter write -Parameter @{ All = $true }." : "-All is for operations named Describe, Get or List.");
        var request = new ApiRequest(product, operation, SkipValidation);
        request.Add(Parameter, Bound());
        var region = request.Complete(RegionId, context.RegionId);
        foreach (var problem in request.Ignored) WriteVerbose($"Not validated: {problem}.");
        if (!reads && !Agreed($"{product.Acs.Name} in {region}: {request.Description}", $"Call {name}", OperationEffect.IsDestructive(name))) return;

        var repeat = reads ? Repeat.Read : request.HasClientToken ? Repeat.WithClientToken : Repeat.Never;
        var calls = new ApiCalls(AccessOf(context), product.Call(name, repeat), region);
        var seenIn = product.IsRegional ? region : null;
        if (!All)
        {
            var reply = Await(stop => calls.CallAsync(request.Parameters, stop));
            Write(reply.Json);
            return;
        }
        var paging = request.Paging;
        Stream(stop => calls.PagesAsync(request.Parameters, paging, stop), (AnyReply page) =>
        {
            if (paging.List is null || Raw) Write(page.Json);
            else foreach (var item in ApiCalls.Items(page.Json, paging.List)) Write(item);
        });

        void Write(System.Text.Json.JsonElement json) =>
            WriteObject(Raw ? json.GetRawText() : ApiReplyObjects.Of(json, seenIn, context.AccountId), enumerateCollection: false);
    }

    private JsonObject Bound()
    {
        var values = new ApiValues();
        var bound = new JsonObject();
        foreach (var parameter in _ofOperation?.Values.Where(static p => p.IsSet) ?? [])
            bound[parameter.Name] = values.Node(parameter.Value, parameter.Name);
        return bound;
    }

    /// <summary>Asks about what destroys as cmdlets of high impact do, about what else changes something as those of medium impact do.</summary>
    /// <remarks>The impact that the attribute has is fixed, so it is the high one, and the medium one is made of it here.</remarks>
    private bool Agreed(string target, string action, bool destroys) =>
        (!destroys && !IsWhatIf() && !MyInvocation.BoundParameters.ContainsKey("Confirm")
            && LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact asksFrom) && asksFrom is ConfirmImpact.High or ConfirmImpact.None)
        || Confirms(target, action);

    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked)
        ? LanguagePrimitives.IsTrue(asked) : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private CmdletInputException UnknownOperation(ApiProduct product)
    {
        var elsewhere = ApiProduct.Having(Operation).ToArray();
        var near = NearestNames.Of(Operation, product.Contract().Operations.Keys);
        var hint = elsewhere.Length > 0 ? $" There is one in {string.Join(", ", elsewhere)}: add -Product {elsewhere[0]}."
            : near.Count > 0 ? $" Near it: {string.Join(", ", near)}." : "";
        return new CmdletInputException("InvalidAction.NotFound", $"The contract of {product.Acs.Name} has no operation '{Operation}'.{hint}",
            "Tab completes operations; -SkipValidation calls one that the contract does not know.", ErrorCategory.ObjectNotFound);
    }
}
