using System.Management.Automation;
using System.Management.Automation.Language;
using EcsImages.Core.Ram;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Policies;

/// <summary>Writes the least RAM policy: for cmdlets, for a script, or for what this session has called.</summary>
/// <remarks>
/// <para>For cmdlets and scripts the policy has every action that a cmdlet may call, also those that only some of its parameters need; -Session has what was called in fact. What needs no permission is left out, as GetCallerIdentity. A profile of a role needs sts:AssumeRole on that role besides, in the policy of its own key.</para>
/// <para>Resource is * unless -RegionId or -AccountId narrows it: each action works on resources of its own kind only, so that * gives no more of them. Operations without resource-level permission, such as RunInstances, always have *. To narrow it further, to one image for example, put its name in place of the pattern.</para>
/// <para>Save the policy with (Get-EcsRamPolicy -Cmdlet Copy-EcsImage).Document | Set-Content policy.json, and try it with Connect-EcsAccount -Local -UserName -PolicyDocument.</para>
/// </remarks>
/// <example>
/// <code>Get-EcsRamPolicy -Cmdlet Get-EcsImage, Copy-EcsImage</code>
/// <para>Writes the policy for somebody who finds and copies images.</para>
/// </example>
/// <example>
/// <code>Get-EcsRamPolicy -Path ./bake.ps1</code>
/// <para>Writes the policy for a script. The script is parsed, not run; calls that cannot be seen in its text are warned about.</para>
/// </example>
/// <example>
/// <code>Get-EcsRamPolicy -Cmdlet Copy-EcsImage -RegionId cn-hangzhou, cn-beijing -AccountId 1234567890123456</code>
/// <para>Narrows the policy to two regions of one account. For a copy, the destination is named as well as the source.</para>
/// </example>
/// <example>
/// <code>
/// $null = Get-EcsImage -Name web* | Get-EcsImageShare
/// Get-EcsRamPolicy -Session
/// </code>
/// <para>Writes the policy for what was called since the module was imported in this session.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsRamPolicy", DefaultParameterSetName = ByCmdlet)]
[OutputType(typeof(EcsRamPolicy)), Calls]
public sealed class GetEcsRamPolicyCommand : EcsCmdlet
{
    private const string ByCmdlet = "Cmdlet";
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const string BySession = "Session";
    private const long MaxScriptBytes = 16 * 1024 * 1024;

    private readonly SortedSet<string> _cmdlets = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _actions = new(StringComparer.Ordinal);
    private readonly List<string> _sources = [];

    /// <summary>Cmdlets of the module; wildcards work.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByCmdlet, ValueFromPipeline = true), ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CmdletNameCompleter)), SupportsWildcards, CmdletName]
    public string[] Cmdlet { get; set; } = [];

    /// <summary>Files of scripts; wildcards work. They are parsed, never run.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files of scripts by their exact paths.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What this session has called so far, refused calls included.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySession)]
    public SwitchParameter Session { get; set; }

    /// <summary>The only regions to allow. Name those that images are copied to as well.</summary>
    [Parameter]
    [Alias("Region"), ArgumentCompleter(typeof(RegionIdCompleter)), ValidateNotNullOrEmpty]
    public string[]? RegionId { get; set; }

    /// <summary>The account whose resources to allow: 16 digits.</summary>
    [Parameter, ValidatePattern("^[0-9]{16}$")]
    public string? AccountId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Cmdlet) ForItem(name, () => AddCmdlets(name));
        foreach (var path in Path) ForItem(path, () => AddFiles(path, isPattern: true));
        foreach (var path in LiteralPath) ForItem(path, () => AddFiles(path, isPattern: false));
        if (!Session) return;
        foreach (var (action, region, count) in EcsSession.Current.Calls.All)
        {
            _actions.Add(action);
            _sources.Add($"{action} in {region}, {count} {(count == 1 ? "call" : "calls")}");
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var cmdlet in _cmdlets) _actions.UnionWith(ModuleCmdlets.ActionsOf(cmdlet));
        if (_sources.Count == 0 && !Session) return;
        if (LeastPolicy.Of(_actions, [.. RegionId?.Distinct(StringComparer.Ordinal) ?? []], AccountId) is not { } policy)
        {
            WriteWarning(Session ? "This session has called nothing yet that needs a permission." : $"Nothing in {string.Join(", ", _sources)} needs a permission: there is no policy to write.");
            return;
        }
        var document = RamPolicyWriter.Write(policy);
        if (document.Length > RamPolicy.MaxCharacters)
            WriteWarning($"The policy has {document.Length} characters; RAM takes up to {RamPolicy.MaxCharacters} in one policy. Make several, each for some of the cmdlets, and attach all of them.");
        WriteObject(new EcsRamPolicy(document, [.. policy.Statements.SelectMany(static s => s.Actions.Values).Order(StringComparer.Ordinal)], [.. _cmdlets], [.. _sources]));
    }

    private void AddCmdlets(string name)
    {
        string[] found = WildcardPattern.ContainsWildcardCharacters(name)
            ? [.. ModuleCmdlets.Names.Where(NameMatch.Pattern(name).IsMatch)]
            : [ModuleCmdlets.Find(name) ?? throw new CmdletInputException("UnknownCmdlet", $"'{name}' is no cmdlet of the module EcsImage.",
                "Get-Command -Module EcsImage lists them; for a script, use -Path.", ErrorCategory.ObjectNotFound)];
        foreach (var cmdlet in found)
        {
            if (cmdlet == ModuleCmdlets.AnyOperation) WriteWarning($"{cmdlet} calls the operation that it is told to: use -Path for a script that names it, or -Session once it was called.");
            if (_cmdlets.Add(cmdlet)) _sources.Add(cmdlet);
        }
    }

    private void AddFiles(string path, bool isPattern)
    {
        foreach (var file in Resolve(path, isPattern)) ForItem(file, () => AddScript(file));
    }

    private void AddScript(string file)
    {
        var length = new FileInfo(file) is { Exists: true } found ? found.Length : throw new CmdletInputException("ScriptNotFound", $"There is no file '{file}'.", category: ErrorCategory.ObjectNotFound);
        if (length > MaxScriptBytes)
            throw new CmdletInputException("ScriptTooLarge", $"{file} is larger than {MaxScriptBytes / 1024 / 1024} MiB; that is no script.");
        var calls = ScriptCalls.Of(Parse(file), AliasOfSession);
        foreach (var unseen in calls.Unseen) WriteWarning(unseen);
        _cmdlets.UnionWith(calls.Cmdlets);
        _actions.UnionWith(calls.Actions);
        _sources.Add(file);
    }

    private static ScriptBlockAst Parse(string file)
    {
        ScriptBlockAst script;
        ParseError[] errors;
        try
        {
            script = Parser.ParseFile(file, out _, out errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CmdletInputException("ScriptUnreadable", $"{file} cannot be read: {e.Message}", category: ErrorCategory.ReadError);
        }
        if (errors.Length == 0) return script;
        var at = errors[0].Extent;
        throw new CmdletInputException("ScriptParseError", $"{file}:{at.StartLineNumber}:{at.StartColumnNumber}: {errors[0].Message}",
            "Mend the script first: what does not parse cannot be looked through.", ErrorCategory.ParserError);
    }

    // Aliases of the drive only: looking a command up would load modules.
    private string? AliasOfSession(string name) =>
        SessionState.InvokeProvider.Item.Exists($"Alias:{name}", force: false, literalPath: true)
        && SessionState.InvokeProvider.Item.Get([$"Alias:{name}"], force: false, literalPath: true) is [{ BaseObject: AliasInfo alias }] ? alias.Definition : null;

    private string[] Resolve(string path, bool isPattern)
    {
        ProviderInfo provider;
        string[] files;
        try
        {
            files = isPattern
                ? [.. SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider)]
                : [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            throw new CmdletInputException("ScriptNotFound", $"There is no file '{path}'.", category: ErrorCategory.ObjectNotFound);
        }
        return provider.Name == "FileSystem" ? files
            : throw new CmdletInputException("InvalidPath", $"'{path}' is not a file of the file system, but of {provider.Name}.");
    }

    private void ForItem(object target, Action work)
    {
        try
        {
            work();
        }
        catch (CmdletInputException e)
        {
            WriteError(e.ToErrorRecord(target));
        }
    }
}
