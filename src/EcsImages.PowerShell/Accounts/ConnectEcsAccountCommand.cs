using System.Management.Automation;
using System.Net;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Accounts;

/// <summary>Connects the session to an account of Alibaba Cloud, or with -Local to one of the embedded endpoint.</summary>
/// <remarks>
/// <para>Without -ProfileName, -Credential and -Local, credentials are looked for where the official clients do, and the first place that has any decides: (1) the access key in ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN; (2) a role for an OIDC token, in ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE; (3) the profile file of the official command-line client, with ALIBABA_CLOUD_PROFILE or its current profile; (4) the credentials file that the SDKs share, in ALIBABA_CLOUD_CREDENTIALS_FILE or ~/.alibabacloud/credentials; (5) the RAM role of the ECS instance that this runs on, unless ALIBABA_CLOUD_ECS_METADATA_DISABLED is true; (6) the address in ALIBABA_CLOUD_CREDENTIALS_URI. What is there and cannot be used is an error, and not passed over. CredentialSource of the context tells which it was.</para>
/// <para>Profiles may have the modes AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, OIDC and CredentialsURI; of CloudSSO and OAuth, the session is used that the official client keeps. Sessions are renewed before they end.</para>
/// <para>The region that cmdlets use without -RegionId is that of -RegionId here, of the variable ALIBABA_CLOUD_REGION_ID, or of the profile, in this order. Without any, -Local takes cn-hangzhou; everything else is refused with NoRegion.</para>
/// </remarks>
/// <example>
/// <code>Connect-EcsAccount -RegionId cn-hangzhou</code>
/// <para>Connects with the credentials of this machine: of the environment, of the current profile of the official command-line client, of the RAM role of the ECS instance, and so on.</para>
/// </example>
/// <example>
/// <code>Connect-EcsAccount -ProfileName work -RegionId cn-beijing</code>
/// <para>Connects with a profile, and works in a region unless another one is named.</para>
/// </example>
/// <example>
/// <code>
/// $key = Get-Credential -Message 'Access key id and secret'
/// Connect-EcsAccount -Credential $key -RegionId cn-hangzhou
/// </code>
/// <para>Connects with an access key that is typed in.</para>
/// </example>
/// <example>
/// <code>Connect-EcsAccount -Local -Account test -Speed 100</code>
/// <para>Connects to the embedded endpoint: no account of Alibaba Cloud is needed, and what takes a second takes a hundredth of it.</para>
/// </example>
/// <example>
/// <code>
/// $policy = Get-EcsRamPolicy -Cmdlet Get-EcsImage, Copy-EcsImage
/// Connect-EcsAccount -Local -UserName builder -PolicyDocument $policy
/// </code>
/// <para>Connects to the embedded endpoint as a RAM user that may do no more than a policy allows: so one can try a runbook under its least policy before it runs in the cloud.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "EcsAccount", DefaultParameterSetName = Surroundings)]
[OutputType(typeof(EcsContext)), Calls("sts:GetCallerIdentity", "sts:AssumeRole", "sts:AssumeRoleWithOIDC")]
public sealed class ConnectEcsAccountCommand : EcsCmdlet
{
    private const string Surroundings = "Environment";
    private const string ByProfile = "Profile";
    private const string ByKey = "Credential";
    private const string Embedded = "Local";

    /// <summary>Connects to the embedded endpoint: the same API within this process, on a folder, without an account of Alibaba Cloud.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Embedded)]
    public SwitchParameter Local { get; set; }

    /// <summary>The folder of the embedded endpoint; it is made if it is not there.</summary>
    [Parameter(ParameterSetName = Embedded), ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The account of the embedded endpoint; it is made with its access key if it is not there. A 16-digit name is the account id.</summary>
    [Parameter(ParameterSetName = Embedded), ValidateNotNullOrEmpty]
    public string Account { get; set; } = "default";

    /// <summary>A RAM user of that account; it is made with an access key of its own if it is not there. It may do what its policy allows, and without one nothing but connect. Without -UserName one is the account's owner, who may do everything. In the session, who connects last acts for the account.</summary>
    [Parameter(ParameterSetName = Embedded), ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The policy of the RAM user from now on, as the JSON of RAM or as Get-EcsRamPolicy writes it; lines are joined. Without it, the user keeps the policy that it has.</summary>
    [Parameter(ParameterSetName = Embedded), ValidateNotNullOrEmpty]
    public string[]? PolicyDocument { get; set; }

    /// <summary>How much faster the asynchronous work of the embedded endpoint goes; by default each piece lasts about a second.</summary>
    [Parameter(ParameterSetName = Embedded), ValidateRange(0.001, 1_000_000)]
    public double Speed { get; set; } = 1;

    /// <summary>A profile of the official command-line client.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByProfile)]
    [Alias("Profile"), ArgumentCompleter(typeof(ProfileNameCompleter)), ValidateNotNullOrEmpty]
    public string? ProfileName { get; set; }

    /// <summary>The profile file, if it is not ~/.aliyun/config.json.</summary>
    [Parameter(ParameterSetName = ByProfile), ValidateNotNullOrEmpty]
    public string? ProfilePath { get; set; }

    /// <summary>The access key: its id as the user name, its secret as the password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByKey)]
    public PSCredential? Credential { get; set; }

    /// <summary>The token of a temporary key.</summary>
    [Parameter(ParameterSetName = ByKey)]
    public System.Security.SecureString? SecurityToken { get; set; }

    /// <summary>The region that cmdlets use without -RegionId; without it here, that of the variable ALIBABA_CLOUD_REGION_ID, or of the profile.</summary>
    [Parameter]
    [Alias("Region"), ArgumentCompleter(typeof(RegionIdCompleter)), ValidateNotNullOrEmpty]
    public string? RegionId { get; set; }

    /// <summary>Another endpoint for all requests, such as http://127.0.0.1:8801 of the emulator; http is for loopback addresses only. The endpoints of Alibaba Cloud answer for one product each, and need not be named: within its private networks set the variable ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED to true.</summary>
    [Parameter(ParameterSetName = Surroundings), Parameter(ParameterSetName = ByProfile), Parameter(ParameterSetName = ByKey)]
    [ValidateNotNullOrEmpty]
    public string? Endpoint { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // A session belongs to the runspace of this thread: other threads cannot find it.
        var session = EcsSession.Current;
        try
        {
            // A wrong address is wrong whatever the credentials are, and nothing is sent to it.
            if (Endpoint is not null) AcsEndpoints.At(Endpoint);
            var policy = Policy();
            var context = Await(stop => OpenAsync(session, policy, stop));
            context.IsChosen = ParameterSetName != Surroundings || Endpoint is not null || RegionId is not null;
            session.Use(context);
            WriteObject(context);
        }
        catch (Exception e) when (Errors.IsExpected(e))
        {
            ThrowTerminatingError(e.ToErrorRecord(null));
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(Local
                ? new CmdletInputException("InvalidAccountName", e.Message).ToErrorRecord(UserName ?? Account)
                : new CmdletInputException("InvalidEndpoint", e.Message).ToErrorRecord(Endpoint));
        }
    }

    private Task<EcsContext> OpenAsync(EcsSession session, string? policy, CancellationToken stop)
    {
        var connecting = new Connecting(new CmdletCallLog(this));
        return ParameterSetName switch
        {
            Embedded => connecting.LocalAsync(session.LocalEndpoints, Resolve(Path) ?? LocalEndpoints.DefaultPath, Speed, Account, UserName, policy, RegionId, stop),
            ByProfile => connecting.WithProfileAsync(ProfileName, Resolve(ProfilePath) ?? ProfileFile.DefaultPath, Endpoint, RegionId, stop),
            ByKey => connecting.WithKeyAsync(Key(), Endpoint, RegionId, stop),
            _ => connecting.FromSurroundingsAsync(Endpoint, RegionId, stop),
        };
    }

    private string? Policy()
    {
        if (PolicyDocument is null) return null;
        if (UserName is null)
            throw new CmdletInputException("PolicyWithoutUser", "-PolicyDocument limits a RAM user, but no user is named; the owner of an account may do everything.", "Add -UserName.");
        var document = string.Join('\n', PolicyDocument).TrimStart('\uFEFF');
        if (!document.TrimStart().StartsWith('{'))
            throw new CmdletInputException("InvalidPolicyDocument", $"-PolicyDocument is the policy itself, which begins with {{, not '{document.Split('\n')[0]}'.",
                "Hand in the content of a file with: -PolicyDocument (Get-Content policy.json -Raw)");
        return document;
    }

    private AcsCredential Key()
    {
        var key = Credential!.GetNetworkCredential();
        var token = SecurityToken is null ? null : new NetworkCredential("", SecurityToken).Password;
        return new AcsCredential(Credential.UserName, key.Password, string.IsNullOrEmpty(token) ? null : token);
    }

    // $PWD is not the process's current directory, and other providers have no folders.
    private string? Resolve(string? path)
    {
        if (path is null) return null;
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new CmdletInputException("InvalidPath", $"'{path}' is not a folder of the file system, but of {provider.Name}.");
    }
}
