using System.Management.Automation;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Accounts;

/// <summary>Gets the context that cmdlets use, or all contexts of the session.</summary>
/// <example>
/// <code>Get-EcsContext</code>
/// <para>Gets the context that cmdlets use.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -ImageType Shared -Context (Get-EcsContext -AccountId 1234567890123456)</code>
/// <para>Gets images as another account of the session sees them.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsContext", DefaultParameterSetName = "Default")]
[OutputType(typeof(EcsContext)), Calls]
public sealed class GetEcsContextCommand : EcsCmdlet
{
    /// <summary>The account ids or names of the contexts to get; wildcards work.</summary>
    [Parameter(Position = 0, ParameterSetName = "Account"), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? AccountId { get; set; }

    /// <summary>Gets all contexts of the session.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    [Alias("ListAvailable")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = EcsSession.Current;
        if (All) WriteObject(session.Contexts, enumerateCollection: true);
        else if (AccountId is { } wanted) foreach (var account in wanted) Find(session, account);
        else if (session.Default is { } context) WriteObject(context);
        else
            WriteError(new CmdletInputException("NoContext", "The session is not connected to an account.",
                "Run Connect-EcsAccount; or Connect-EcsAccount -Local for the embedded endpoint.", ErrorCategory.ObjectNotFound).ToErrorRecord(null));
    }

    private void Find(EcsSession session, string account)
    {
        WildcardPattern pattern;
        try
        {
            pattern = NameMatch.Pattern(account);
        }
        catch (CmdletInputException e)
        {
            WriteError(e.ToErrorRecord(account));
            return;
        }
        var found = session.Contexts.Where(c => pattern.IsMatch(c.AccountId) || (c.Name is not null && pattern.IsMatch(c.Name))).ToArray();
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(account))
            WriteError(new CmdletInputException("ContextNotFound", $"The session is not connected to an account '{account}'.",
                "Connect it with Connect-EcsAccount.", ErrorCategory.ObjectNotFound).ToErrorRecord(account));
        WriteObject(found, enumerateCollection: true);
    }
}
