using EcsImages.Core.Acs;
using EcsImages.Core.Building;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;
using EcsImages.Core.Quotas;
using EcsImages.PowerShell.Policies;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>What to do about an error, where more can be said than the service's own message does.</summary>
internal static class ErrorAdvice
{
    // What is waited for, but for images, and the cmdlet that tells of it.
    private static readonly Dictionary<Type, (string Cmdlet, bool Waits)> PickUps = new()
    {
        [typeof(EcsInstance)] = ("Get-EcsInstance", false),
        [typeof(EcsImageQuota)] = ("Get-EcsImageQuota", false),
        [typeof(EcsSnapshot)] = ("Get-EcsSnapshot", false),
        [typeof(EcsTask)] = ("Wait-EcsTask", true),
        [typeof(EcsImageUpdate)] = ("Wait-EcsImageUpdate", true),
        [typeof(EcsImagePipelineExecution)] = ("Wait-EcsImagePipelineExecution", true),
    };

    public static string? For(AcsException e, string? cmdlet = null) =>
        e.Refusal is { } refusal ? For(refusal, cmdlet)
        : e.Code.StartsWith("Forbidden", StringComparison.Ordinal) || e.Code is "NoPermission" or "Forbbiden"
            ? $"Ask the owner of the account to allow the RAM action {e.Action}."
            : For(e.Code);

    // The statement has a line of its own, to be copied as it is.
    private static string For(AcsRefusal refusal, string? cmdlet) => refusal.IsExplicit
        ? $"A policy denies {refusal.Action} explicitly{(refusal.PolicyType is { } type ? $" ({type})" : "")}: a further Allow does not help. Find the statement with the Deny, and ask its owner to take it back."
        : $"Add this statement to a policy of {refusal.Principal ?? "the caller"} (with * for an id that is another one each time):\n{refusal.Statement}\n" + cmdlet switch
        {
            null or ModuleCmdlets.AnyOperation => "Get-EcsRamPolicy -Session writes the whole policy for what this session has called.",
            _ => $"Get-EcsRamPolicy -Cmdlet {cmdlet} writes the whole policy for that cmdlet.",
        };

    /// <summary>How to go on following what is under way, from this shell or another.</summary>
    /// <param name="kind">The type of the objects that tell how it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="regionId">Its region.</param>
    public static string PickUp(Type kind, string id, string regionId) => PickUp(kind, [new([id], regionId)]);

    /// <summary>How to go on following several, in one line to be copied.</summary>
    public static string PickUp(Type kind, IReadOnlyList<PickUpPlace> places)
    {
        var (cmdlet, waits) = PickUps.GetValueOrDefault(kind, ("Wait-EcsImage", true));
        var commands = places.Select(p => $"{cmdlet} {string.Join(", ", p.Ids)} -RegionId {p.RegionId}{(p.AccountId is null ? "" : $" -Context (Get-EcsContext {p.AccountId})")}");
        return $"{(waits ? "Go on waiting" : "Look at it")} with: {string.Join("; ", commands)}";
    }

    public static string? For(string code) => code switch
    {
        "NoCredentials" => "Run Connect-EcsAccount; or Connect-EcsAccount -Local for the embedded endpoint.",
        "ContextOfOtherRunspace" => "ForEach-Object -Parallel and thread jobs run in runspaces of their own. Hand the context in: $context = Get-EcsContext before it, and -Context $using:context with each cmdlet in it; or run Connect-EcsAccount in it.",
        "ProfileNotFound" or "InvalidProfile" => "Run 'aliyun configure list' to see the profiles, or name another one with -ProfileName.",
        "InvalidAccessKeyId.NotFound" or "InvalidAccessKeyId.Inactive" or "SignatureDoesNotMatch" => "Check the access key, then run Connect-EcsAccount again.",
        "InvalidSecurityToken.Expired" => "The session has ended: get a new token, then run Connect-EcsAccount again.",
        "InvalidPolicyDocument" => "Get-EcsRamPolicy writes documents that are valid; compare with one.",
        "FileExists" => "Replace it with -Force, or name another one.",
        "InvalidImageId.NotFound" => "Images are bound to a region: name it with -RegionId, or look in all with Get-EcsImage -AllRegion.",
        "InvalidInstanceId.NotFound" => "Instances are bound to a region: name it with -RegionId, or look in all with Get-EcsInstance -AllRegion.",
        "InvalidDiskId.NotFound" => "Disks are bound to a region: name it with -RegionId, or look in all with Get-EcsDisk -AllRegion.",
        "InvalidSnapshotId.NotFound" => "Snapshots are bound to a region: name it with -RegionId, or look in all with Get-EcsSnapshot -AllRegion.",
        "InvalidTaskId.NotFound" => "Tasks are bound to a region: name it with -RegionId, or look in all with Get-EcsTask -AllRegion.",
        "InvalidTaskId.IncorrectTaskStatus" => "There is nothing left to stop: look at it with Get-EcsTask. Remove-EcsImage deletes the image that a finished import has made.",
        "InvalidTaskId.TaskActionNotSupport" => "Only imports and exports of images can be stopped: Get-EcsTask shows it as SupportCancel.",
        "EntityNotExists.Execution" => "Updates are bound to a region: name it with -RegionId, or look in all with Get-EcsImageUpdate -AllRegion.",
        "EntityNotExists.Template" => "OOS has its public templates in its own regions: update the image in one of them, and copy it with Copy-EcsImage.",
        "ImageUpdateFailed" => "Get-EcsImageUpdate -IncludeLog shows the whole log. Where a permission is missing, Get-EcsRamPolicy -Cmdlet Update-EcsImage writes what an update takes.",
        "InvalidVSwitchId.NotFound" or "InvalidSecurityGroupId.NotFound" => "Leave both -VSwitchId and -SecurityGroupId out for the default network of the region, or have a network made for the time with -CreateVpc.",
        "NoSetRoletoECSServiceAcount" => "The service reaches buckets by a RAM role of the account: AliyunECSImageImportDefaultRole for imports, AliyunECSImageExportDefaultRole for exports. Its owner agrees to them once, at the console or with the lines that Get-Help Import-EcsImage and Get-Help Export-EcsImage show.",
        "InvalidOSSBucket.NotFound" or "NoSuchBucket" => "Buckets are bound to a region and an account: check the name, or leave -BucketName out.",
        "InvalidOSSObject.NotFound" or "NoSuchKey" => "Check the bucket and the key; keys are case-sensitive and begin with no slash.",
        "InvalidImageFormat.RegionNotSupported" => "Leave -Format out: -Destination converts to the format that its extension names, whatever the service writes.",
        "ImageIsExporting" => "An image has one export at a time: Get-EcsTask -Action ExportImage shows it, Wait-EcsTask follows it.",
        "DiskWouldNotBoot" => "Mend it in the machine that the disk is of, and export the disk again; Test-EcsImageFile tells everything about it. -SkipCheck imports it as it is.",
        "WorkUnderWay" => "Wait until the other one has ended, then run the same command again.",
        "ImageUseShared" => "Take the shares back first: Get-EcsImageShare, then Remove-EcsImageShare.",
        "ImageIsPublic" => "Take the image back from the community first: Unpublish-EcsImage.",
        "ImageUsingByInstance" => "Instances of it would lose the way to be reinitialised. Look at them with Get-EcsInstance -ImageId, or delete all the same with -Force.",
        "OperationDenied.ImageCopying" => "Wait with Wait-EcsImage until the copy is done, or end it with Stop-EcsImageCopy.",
        "OperationDeined.ImageUsingByInstance" => "Instances use this image, which fixes its boot mode. Make a copy, and change that.",
        "InvalidStatus.ImageIsCreating" or "IncorrectImageStatus" => "The image must be Available: wait for a new one with Wait-EcsImage, take back a Deprecated one with Set-EcsImage -Status Available.",
        "SnapshotCreatedImage" => "An image uses this snapshot: delete the image first with Remove-EcsImage.",
        "IncorrectInstanceStatus" or "IncorrectInstanceStatus.Initializing" => "Look at its Status with Get-EcsInstance; Stop-EcsInstance -Wait stops it first, and Remove-EcsInstance -Force deletes a running one.",
        "InvalidImageName.Duplicated" => "Names are unique among one's own images of a region: choose another, or find the one that has it with Get-EcsImage -Name.",
        "InvalidInstanceType.ValueNotSupported" => "Get-EcsInstanceType lists the types of the region; with -ImageId those that an image can be launched on.",
        "InvalidInstanceType.NotSupported" or "ImageNotSupportInstanceType" => "Get-EcsInstanceType -ImageId lists the types that an image can be launched on.",
        "QuotaExceed.Image" => "Delete images that are no longer needed, or ask for more: Get-EcsImageQuota CustomImage, then Request-EcsImageQuota.",
        "QuotaExceed.ShareImageUser" => "Take shares back with Remove-EcsImageShare, or ask for more: Request-EcsImageQuota SharedAccountPerImage.",
        "QUOTA.NOT.FOUND" => "Get-EcsImageQuota lists the quotas around images, and Get-EcsRegion the regions.",
        "QUOTA.NOT.ADJUSTABLE" => "Delete what is no longer needed, or work in another region: Get-EcsImageQuota -AllRegion shows where there is room.",
        "QUOTA.APPLICATION.PROCESS" => "Get-EcsImageQuota shows the new total once it is agreed; Quota Center's console shows the application.",
        "QUOTA.DESIREVALUE.ILLEGAL" or "InvalidDesireValue" => "Get-EcsImageQuota shows the present total and, as ApplicableRange, what one may ask for.",
        "IncorrectDestinationRegion" => "Name another region with -DestinationRegionId; within one region only the encryption can be changed.",
        "OperationDenied.SameRegionOnly" => "Copy it within its own region first; the copy is yours and goes anywhere.",
        "InvalidAccount.NotFound" => "Account ids are 16 digits. On the embedded endpoint an account exists once Connect-EcsAccount -Local -Account has made it.",
        "InvalidRegionId.NotFound" or "DestinationRegion.NotFound" => "Get-EcsRegion lists the regions.",
        "IdempotenceParamNotMatch" or "IdempotentParameterMismatch" or "InvalidParamter.Conflict" => "This -ClientToken was used with other parameters: use a new one for a new request.",
        "InvalidImageComponent.NotFound" or "ImageComponent.NotFound" => "Components are bound to a region: name it with -RegionId, or look in all with Get-EcsImageComponent -AllRegion.",
        "InvalidImagePipeline.NotFound" => "Pipelines are bound to a region: name it with -RegionId, or look in all with Get-EcsImagePipeline -AllRegion.",
        "InvalidImagePipelineExecution.NotFound" or "InvalidImagePipelineExecutionId.NotFound" => "Get-EcsImagePipelineExecution lists those that there are; -RegionId names another region.",
        "ImagePipeline.AlreadyExists" => "Make the new one under another -Name and remove the old one with Remove-EcsImagePipeline, or remove the old one first. What changes often belongs into a component: New-EcsImageComponent makes a new version under the same name.",
        "AmbiguousName" => "Name one of them by its id, with -ImagePipelineId.",
        "MissingBaseImage" => "Name it with -ImageId, with -Family, or with -BucketName and -ObjectKey; or begin the text with a line FROM, such as FROM IMAGE_FAMILY:acs:ubuntu_24_04_x64.",
        "BaseImageConflict" => "Say it in one place: take the line FROM out of the text, or leave the parameter out.",
        "InvalidImagePipeline.HasRunningExecution" => "A pipeline has one execution at a time: Get-EcsImagePipelineExecution shows it, Wait-EcsImagePipelineExecution follows it, Stop-EcsImagePipelineExecution cancels it.",
        "InvalidImageComponent.InUse" => "Remove the pipelines that use it first, with Remove-EcsImagePipeline; or leave it: a new version under the same name is for new pipelines.",
        "InvalidComponentVersion.Exist" => "No call modifies a component: say another -Version, or none, so that the service takes the next major one.",
        "InvalidStatus.CancelFailed" or "InvalidStatus.ImagePipelineExecution" => "Get-EcsImagePipelineExecution shows what has become of it; Remove-EcsImage deletes an image that it made.",
        "ImagePipelineExecutionFailed" => "Get-EcsImagePipelineExecution shows its message. A pipeline that is made with -KeepInstanceOnFailure leaves the machine to be looked into.",
        "ImageTestFailed" => "The test content of the pipeline decides: Get-EcsImagePipeline shows it. The image, where it is there, is not distributed.",
        "PartiallyDistributed" => "Get-EcsImageRegion shows where the image is; Copy-EcsImage -DestinationRegionId brings it to the others.",
        "UnsupportedOperation" or "InvalidProduct" => "The embedded endpoint has the operations that the module's own cmdlets need; for others connect to an account of Alibaba Cloud.",
        AcsErrorCodes.ReplyUnreadable => "Check for a proxy between here and the endpoint; -Verbose names each request.",
        AcsErrorCodes.ConnectionFailed => "Check the network and the endpoint (Get-EcsContext shows it), then try again.",
        _ => null,
    };
}

/// <summary>What is under way in one place.</summary>
/// <param name="Ids">The ids.</param>
/// <param name="RegionId">Their region.</param>
/// <param name="AccountId">Their account; null for that of the default context.</param>
internal sealed record PickUpPlace(IReadOnlyList<string> Ids, string RegionId, string? AccountId = null);
