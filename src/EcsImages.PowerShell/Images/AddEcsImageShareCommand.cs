using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Shares images with other accounts, in the images' own region.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Add-EcsImageShare -AccountId 1234567890123456</code>
/// <para>Shares an image with another account, and shows the share.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-* -ImageType Custom | Add-EcsImageShare -AccountId 1234567890123456 -WhatIf</code>
/// <para>Shows what sharing all images of such names would do, and shares nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.Add, "EcsImageShare", SupportsShouldProcess = true)]
[OutputType(typeof(EcsImageShare)), Calls("ecs:ModifyImageSharePermission", "ecs:DescribeImageSharePermission", "ecs:DescribeImages")]
public sealed class AddEcsImageShareCommand : EcsRegionCmdlet
{
    /// <summary>The images to share; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The accounts to share with; 16 digits each.</summary>
    [Parameter(Position = 1, Mandatory = true), ValidateNotNullOrEmpty]
    public string[] AccountId { get; set; } = [];

    /// <summary>Has the service check the request without sharing anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var changes = new ImageChanges(access);
        var image = Await(stop => new ImageQueries(access).GetAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{image.Name} ({id}) in {image.RegionId} with {string.Join(", ", AccountId)}", "Share image")) return;
        Await(stop => changes.ShareAsync(id, image.RegionId, AccountId, add: true, DryRun, stop));
        var shares = Await(stop => changes.SharesAsync(id, image.RegionId, stop)).ToDictionary(static s => s.AccountId, StringComparer.Ordinal);
        foreach (var account in AccountId.Distinct(StringComparer.Ordinal))
        {
            if (shares.TryGetValue(account, out var share)) WriteObject(share);
            else Report(new EndedOtherwiseException("ShareNotInEffect", $"Image '{id}' in {image.RegionId} is not shared with account {account}, although the service accepted it."), account);
        }
    });
}
