using System.Reflection;
using System.Text.Json.Serialization;
using EcsImages.Core.Acs;
using EcsImages.Core.Contract;
using EcsImages.Core.Ecs;
using EcsImages.Core.Oos;
using EcsImages.Core.Quotas;
using EcsImages.Core.Ram;
using EcsImages.Core.Sts;

namespace EcsImages.Core.Tests.Contract;

public sealed class OperationContractTests
{
    private static readonly AcsOperation[] All =
    [
        .. from api in new[] { typeof(EcsApi), typeof(StsApi), typeof(QuotasApi), typeof(RamApi), typeof(OosApi) }
           from property in api.GetProperties(BindingFlags.Public | BindingFlags.Static)
           where property.PropertyType.IsAssignableTo(typeof(AcsOperation))
           select (AcsOperation)property.GetValue(null)!,
    ];

    public static TheoryData<string> Names => [.. All.Select(static o => o.Name)];

    [Fact]
    public void The_operations_are_found() => Assert.True(All.Length >= 25, $"{All.Length} operations");

    [Fact]
    public void Operations_are_named_and_versioned_as_in_the_contract()
    {
        Assert.All(All, static o => Assert.True(ContractOf(o).Operations.ContainsKey(o.Name), o.Name));
        Assert.Equal(ApiContract.Ecs.Version, AcsProduct.Ecs.Version);
        Assert.Equal(ApiContract.Sts.Version, AcsProduct.Sts.Version);
        Assert.Equal(ApiContract.Quotas.Version, AcsProduct.Quotas.Version);
        Assert.Equal(ApiContract.Ram.Version, AcsProduct.Ram.Version);
        Assert.Equal(ApiContract.Oos.Version, AcsProduct.Oos.Version);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_request_has_the_names_types_and_required_members_of_the_contract(string name)
    {
        var (operation, contract) = Find(name);
        Assert.Empty(ShapeCheck.Request(operation.RequestShape, contract.Request));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reply_has_the_names_and_types_of_the_contract(string name)
    {
        var (operation, contract) = Find(name);
        Assert.Empty(ShapeCheck.Reply(operation.ReplyShape, contract.Response));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_repeated_by_its_ClientToken_has_one_and_nothing_else_has(string name)
    {
        var (operation, contract) = Find(name);
        var byToken = operation.Repeat is Repeat.WithClientToken;
        Assert.Equal(byToken, Has(operation, "ClientToken"));
        if (byToken) Assert.Contains(contract.Request, static f => f.Name == "ClientToken");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DryRun_is_there_only_where_the_contract_has_it(string name)
    {
        var (operation, contract) = Find(name);
        if (Has(operation, "DryRun")) Assert.Contains(contract.Request, static f => f is { Name: "DryRun", Type: "boolean" });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_only_reads_is_what_may_always_be_repeated(string name)
    {
        var reads = name.StartsWith("Describe", StringComparison.Ordinal) || name.StartsWith("Get", StringComparison.Ordinal)
            || name.StartsWith("List", StringComparison.Ordinal);
        Assert.Equal(reads, Find(name).Operation.Repeat is Repeat.Read);
    }

    [Fact]
    public void A_wrong_shape_is_told_in_every_way_in_which_it_is_wrong()
    {
        var contract = ApiContract.Ecs.Operations["CopyImage"];
        var differences = ShapeCheck.Request(WrongJson.Default.WrongCopyImage, contract.Request);
        Assert.Equal(
        [
            "DestinationRegion is not in the contract",
            "Encrypted is String, and boolean in the contract",
            "ImageId is required by the contract",
            "DestinationImageName is not required by the contract",
            "Tag.N.TagKey is not in the contract",
            "RegionId is required by the contract, and missing",
        ], differences);
    }

    [Fact]
    public void A_wrong_reply_is_told()
    {
        var differences = ShapeCheck.Reply(WrongJson.Default.WrongImages, ApiContract.Ecs.Operations["DescribeImages"].Response);
        Assert.Equal(
        [
            "Images is a list, and struct in the contract",
            "TotalCount is Int64, and int32 in the contract",
            "NextToken is not in the contract",
        ], differences);
    }

    private static bool Has(AcsOperation operation, string parameter) => operation.RequestShape.Properties.Any(p => p.Name == parameter);

    private static (AcsOperation Operation, ApiOperation Contract) Find(string name)
    {
        var operation = All.Single(o => o.Name == name);
        return (operation, ContractOf(operation).Operations[name]);
    }

    private static ApiContract ContractOf(AcsOperation operation) => operation.Product.Name switch
    {
        "sts" => ApiContract.Sts,
        "quotas" => ApiContract.Quotas,
        "ram" => ApiContract.Ram,
        "oos" => ApiContract.Oos,
        _ => ApiContract.Ecs,
    };
}

internal sealed record WrongCopyImage
{
    public string? DestinationRegion { get; init; }

    public string? Encrypted { get; init; }

    public string? ImageId { get; init; }

    public required string DestinationImageName { get; init; }

    public IReadOnlyList<TagReplyLike>? Tag { get; init; }

    internal sealed record TagReplyLike(string TagKey);
}

internal sealed record WrongImages
{
    public IReadOnlyList<string>? Images { get; init; }

    public long? TotalCount { get; init; }

    public string? NextToken { get; init; }
}

[JsonSerializable(typeof(WrongCopyImage))]
[JsonSerializable(typeof(WrongImages))]
internal sealed partial class WrongJson : JsonSerializerContext;
