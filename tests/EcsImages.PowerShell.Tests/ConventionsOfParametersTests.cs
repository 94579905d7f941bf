using System.Collections;
using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class ConventionsOfParametersTests
{
    private static readonly string[] Identity = ["ImageId", "InstanceId", "SnapshotId", "DiskId", "TaskId", "ExecutionId", "RegionId"];
    private static readonly string[] Written = ["Name", "Description", "Tag", "Family", "BootMode", "AccountId"];
    private static readonly string[] Completed = [.. Identity, "DestinationRegionId", "InstanceType", "ProfileName", "Platform", "Family"];

    // One name for one thing: what people would write otherwise, and what it is called here.
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = "ImageId, InstanceId, and so on",
        ["Ids"] = "ImageId, InstanceId, and so on",
        ["Image"] = "ImageId",
        ["Instance"] = "InstanceId",
        ["Snapshot"] = "SnapshotId",
        ["Disk"] = "DiskId",
        ["ImageName"] = "Name",
        ["InstanceName"] = "Name",
        ["SnapshotName"] = "Name",
        ["Region"] = "RegionId",
        ["DestinationRegion"] = "DestinationRegionId",
        ["TargetRegion"] = "DestinationRegionId",
        ["TargetRegionId"] = "DestinationRegionId",
        ["Type"] = "ImageType or InstanceType",
        ["ImageFamily"] = "Family",
        ["Tags"] = "Tag",
        ["Bucket"] = "BucketName",
        ["OSSBucket"] = "BucketName",
        ["Key"] = "ObjectKey",
        ["OSSObject"] = "ObjectKey",
        ["FilePath"] = "Path",
        ["Size"] = "SizeGiB",
        ["DiskSize"] = "SizeGiB",
        ["SystemDiskSize"] = "SizeGiB",
        ["Timeout"] = "TimeoutSec",
        ["TimeoutSeconds"] = "TimeoutSec",
        ["Async"] = "AsJob",
        ["Token"] = "ClientToken",
        ["Account"] = "AccountId",
        ["Profile"] = "ProfileName",
        ["AllRegions"] = "AllRegion",
    };

    // The name of an account of the embedded endpoint is not its id.
    private static readonly string[] NotThatThing = ["Connect-EcsAccount -Account"];

    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["Tag"] = typeof(Hashtable),
        ["Wait"] = typeof(SwitchParameter),
        ["AsJob"] = typeof(SwitchParameter),
        ["DryRun"] = typeof(SwitchParameter),
        ["Force"] = typeof(SwitchParameter),
        ["AllRegion"] = typeof(SwitchParameter),
        ["TimeoutSec"] = typeof(int?),
        ["ClientToken"] = typeof(string),
        ["SizeGiB"] = typeof(int?),
    };

    [Fact]
    public void One_thing_has_one_name_in_every_cmdlet() => Hold(static (cmdlet, parameter) =>
        OtherNames.TryGetValue(parameter.Name, out var name) && !NotThatThing.Contains($"{cmdlet.Name} -{parameter.Name}") ? $"it is called {name}" : null);

    [Fact]
    public void One_name_has_one_type_in_every_cmdlet() => Hold(static (_, parameter) =>
        Types.TryGetValue(parameter.Name, out var type) && parameter.ParameterType != type ? $"it is a {parameter.ParameterType}, elsewhere a {type}" : null);

    [Fact]
    public void Names_of_parameters_are_singular() => Hold(static (_, parameter) =>
        parameter.ParameterType.IsArray && parameter.Name.EndsWith('s') && parameter.Name != "Status" ? "a plural" : null);

    [Fact]
    public void The_id_of_what_a_cmdlet_is_about_has_the_alias_Id() => Hold(static (cmdlet, parameter) =>
        cmdlet.Verb != "New" && $"Ecs{parameter.Name}" == $"{cmdlet.Noun}Id" && cmdlet.Noun != "EcsRegion" && !parameter.Aliases.Contains("Id") ? "no alias Id" : null);

    [Fact]
    public void What_calls_an_API_has_Context_and_RegionId_with_the_alias_Region()
    {
        // It makes the context that the others take.
        var others = ConventionCmdlets.ThatCallAnApi.Where(static c => c.Name != "Connect-EcsAccount").ToArray();
        ConventionCmdlets.Hold(others.Where(static c => c.Parameters.GetValueOrDefault("Context")?.ParameterType.Name != "EcsContext").Select(static c => $"{c.Name}: no -Context."));
        ConventionCmdlets.Hold(others.Where(static c => c.Parameters.GetValueOrDefault("ContextAccountId")?.BindsByPropertyName() != true)
            .Select(static c => $"{c.Name}: does not take the account of what is piped in."));
        ConventionCmdlets.Hold(ConventionCmdlets.ThatCallAnApi.Where(static c => c.Parameters.GetValueOrDefault("RegionId")?.Aliases.Contains("Region") != true)
            .Select(static c => $"{c.Name}: no -RegionId with the alias Region."));
    }

    [Fact]
    public void Ids_and_what_else_is_looked_up_complete_with_Tab() => Hold(static (_, parameter) =>
        Completed.Contains(parameter.Name) && !parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any() ? "no completer" : null);

    [Fact]
    public void Identity_and_place_bind_by_property_name() => Hold(static (cmdlet, parameter) =>
        cmdlet.Name is not ("Connect-EcsAccount" or "Get-EcsRamPolicy") && Identity.Contains(parameter.Name) && !parameter.BindsByPropertyName() ? "does not bind by property name" : null);

    [Fact]
    public void Ids_that_bind_by_value_take_no_other_object_by_its_text() => Hold(static (_, parameter) =>
        Identity.Contains(parameter.Name) && parameter.ParameterSets.Values.Any(static s => s.ValueFromPipeline) && !parameter.HasAttribute("IdOfAttribute") ? "no [IdOf]" : null);

    [Fact]
    public void What_is_to_be_written_never_binds_from_the_pipeline() => Hold(static (_, parameter) =>
        Written.Contains(parameter.Name) && parameter.Binds() ? "binds from the pipeline" : null);

    [Fact]
    public void Numbers_have_bounds() => Hold(static (_, parameter) =>
        IsNumber(parameter.ParameterType) && !parameter.HasAttribute("SizeGiBAttribute") && !parameter.Attributes.OfType<ValidateRangeAttribute>().Any() ? "no bounds" : null);

    [Fact]
    public void A_number_that_may_be_left_out_is_not_zero_when_it_is() => Hold(static (cmdlet, parameter) =>
        IsNumber(parameter.ParameterType) && parameter.ParameterType is { IsValueType: true } type && Nullable.GetUnderlyingType(type) is null
        && Activator.CreateInstance(cmdlet.ImplementingType) is { } fresh && Convert.ToDouble(cmdlet.ImplementingType.GetProperty(parameter.Name)!.GetValue(fresh), null) == 0
            ? "0 without being given" : null);

    [Fact]
    public void What_can_wait_can_be_told_how_long() => ConventionCmdlets.Hold(ConventionCmdlets.All
        .Where(static c => c.Parameters.ContainsKey("Wait") != c.Parameters.ContainsKey("TimeoutSec") && c.Verb != "Wait")
        .Select(static c => $"{c.Name}: -Wait or -TimeoutSec without the other."));

    private static bool IsNumber(Type type) =>
        Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type) is >= TypeCode.SByte and <= TypeCode.Decimal
        && !(type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    private static void Hold(Func<CmdletInfo, ParameterMetadata, string?> wrong) => ConventionCmdlets.Hold(
        from cmdlet in ConventionCmdlets.All
        from parameter in cmdlet.Visible()
        let what = wrong(cmdlet, parameter)
        where what is not null
        select $"{cmdlet.Name} -{parameter.Name}: {what}.");
}
