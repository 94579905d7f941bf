using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Ecs;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Files;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Makes an image component: commands under a name and a version, for the pipelines that need them.</summary>
/// <remarks>
/// <para>Commands are read before they are sent, and each mistake is an error with its line, its column and what to write instead; tasks as YAML are passed on unread.</para>
/// <para>The service has no call that modifies a component. A new version under the same name takes its place: pipelines that call it by name, with * in the version, take the newest; those that call it by its id keep the old one.</para>
/// </remarks>
/// <example>
/// <code>New-EcsImageComponent -Name tools -Content "RUN yum install -y git jq"</code>
/// <para>Makes a component of one command. Run again, it makes the next major version.</para>
/// </example>
/// <example>
/// <code>New-EcsImageComponent -Path ./nginx.component -Version 2.1.0 -Description 'nginx of the web team'</code>
/// <para>Makes a version of one's choice of what a file says; the component has the name of the file, nginx.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "EcsImageComponent", DefaultParameterSetName = FromText, SupportsShouldProcess = true)]
[OutputType(typeof(EcsImageComponent)), Calls("ecs:CreateImageComponent", "ecs:DescribeImageComponents")]
public sealed class NewEcsImageComponentCommand : EcsRegionCmdlet
{
    private const string FromText = "Content";
    private const string FromFile = "Path";

    /// <summary>The name, 2 to 128 characters, which all versions have. Without it, that of the file without its extension; else the service takes the id.</summary>
    [Parameter(Position = 0), ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The commands, a line each, or tasks as YAML; 16 KiB at the most.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = FromText), ValidateNotNullOrEmpty]
    public string? Content { get; set; }

    /// <summary>A file with the commands or tasks, each character of its path as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromFile, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LiteralPath"), ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Major, minor and patch, such as 1.0.0; without it, the next major version of the name.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>Build, or Test for what runs on an instance of the new image.</summary>
    [Parameter, ArgumentCompleter(typeof(ComponentTypeCompleter)), ValidateNotNullOrEmpty]
    public string? ComponentType { get; set; }

    /// <summary>Linux or Windows; Windows takes tasks as YAML only.</summary>
    [Parameter, ArgumentCompleter(typeof(SystemTypeCompleter)), ValidateNotNullOrEmpty]
    public string? SystemType { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Tags of the component.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>The resource group.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ResourceGroupId { get; set; }

    /// <summary>A name for this request: run again with the same one, it makes no second version. Each file that is piped in is a part of it.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == FromText)
        {
            ForItem(Name, () => Create(new BuildText(Content!, "-Content"), Name));
            return;
        }
        foreach (var file in new FilePaths(this).Existing(Path!, isLiteral: true))
            ForItem(file, () => Create(BuildText.OfFile(file), Name ?? System.IO.Path.GetFileNameWithoutExtension(file)));
    }

    private void Create(BuildText text, string? name)
    {
        var context = ResolveContext();
        var region = RegionId ?? context.RegionId;
        var request = new CreateImageComponentRequest
        {
            RegionId = region,
            Name = name,
            Content = text.Text,
            ComponentVersion = Version,
            ComponentType = ComponentType,
            SystemType = SystemType,
            Description = Description,
            Tag = TagParameter.Request(Tag),
            ResourceGroupId = ResourceGroupId,
            // Each file of several has a request of its own.
            ClientToken = ClientTokens.For(ClientToken, $"{region}/{name}"),
        };
        if (text.Read(this, BuildContentUse.Component) is not { } content) return;
        var plan = content.IsYaml ? ["  tasks as YAML, passed on unread"] : content.Commands.Select(static (c, i) => $"  {i + 1,3}  {c}").ToArray();
        if (!Confirms($"{name ?? "a component"}{(Version is null ? ", next major version" : $" {Version}")} in {request.RegionId}", "Create image component", plan)) return;
        WriteObject(Await(stop => new ComponentQueries(AccessOf(context)).CreateAsync(request, stop)));
    }
}
