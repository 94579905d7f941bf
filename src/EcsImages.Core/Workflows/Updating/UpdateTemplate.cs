namespace EcsImages.Core.Workflows.Updating;

/// <summary>What is known of the public template ACS-ECS-UpdateImage. Source: aliyun/oos-templates, PublicTemplates/YAML/ACS-ECS-UpdateImage.yml (2024-09).</summary>
internal static class UpdateTemplate
{
    public const string Name = "ACS-ECS-UpdateImage";

    /// <summary>Parameters that an answer has too.</summary>
    public const string SourceImageId = "sourceImageId", TargetImageName = "targetImageName", InstanceType = "instanceType", WhetherCreateVpc = "whetherCreateVpc",
        UpdateType = "updateType";

    /// <summary>Values of updateType.</summary>
    public const string RunCommand = "RunCommand", InstallPackage = "InstallPackage";

    /// <summary>Tasks whose outputs are looked at.</summary>
    public const string RunInstances = "runInstances", CreateImage = "createImage", DeleteInstance = "deleteInstance", CreateStack = "createStack", DeleteStack = "deleteStack";

    /// <summary>The category of system disk where none is named.</summary>
    public const string DefaultDiskCategory = "cloud_essd";

    /// <summary>The blocks of addresses of a network that is made.</summary>
    public const string DefaultVpcBlock = "192.168.0.0/16", DefaultVSwitchBlock = "192.168.1.0/24";

    // In their order, each with what it depends on.
    private static readonly (string Task, bool? OfNewNetwork, string? OfUpdateType)[] Tasks =
    [
        ("checkNewImageName", null, null),
        (CreateStack, true, null),
        ("untilStackReady", true, null),
        (RunInstances, null, null),
        ("installCloudAssistant", null, null),
        ("runCommand", null, RunCommand),
        ("configurePackage", null, InstallPackage),
        ("stopInstance", null, null),
        (CreateImage, null, null),
        (DeleteInstance, null, null),
        (DeleteStack, true, null),
    ];

    /// <summary>The tasks that an execution with such parameters goes through when all is well.</summary>
    public static IReadOnlyList<string> TasksOf(bool makesNetwork, string? updateType) =>
    [
        .. Tasks.Where(t => (t.OfNewNetwork is null || makesNetwork) && (t.OfUpdateType is null || t.OfUpdateType == (updateType ?? RunCommand))).Select(static t => t.Task),
    ];
}
