using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Core.Contract;

namespace EcsImages.Core.Tests.Contract;

public sealed class WireRequestTests
{
    public static TheoryData<int> Given => [.. Numbers(static f => f.Nested is not null)];

    public static TheoryData<int> Sent => [.. Numbers(static _ => true)];

    [Theory]
    [MemberData(nameof(Given))]
    public void What_another_client_is_given_travels_as_it_sends_it(int number)
    {
        var form = WireForm.All[number];
        var request = Request(form.Product, form.Operation, form.Nested!);
        Assert.Empty(request.Problems);
        Assert.Equal(form.Wire.OrderBy(static p => p.Key, StringComparer.Ordinal), request.Parameters.OrderBy(static p => p.Key, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sent))]
    public void What_another_client_sends_is_right_by_the_contract_and_travels_as_it_is(int number)
    {
        var form = WireForm.All[number];
        var request = Request(form.Product, form.Operation, form.Flat);
        Assert.Empty(request.Problems);
        Assert.Equal(form.Wire, request.Parameters);
    }

    [Theory]
    [MemberData(nameof(Sent))]
    public void Nested_and_wire_names_come_to_the_same(int number)
    {
        var form = WireForm.All[number];
        var request = Request(form.Product, form.Operation, Nested(form.Wire));
        Assert.Empty(request.Problems);
        Assert.Equal(form.Wire.OrderBy(static p => p.Key, StringComparer.Ordinal), request.Parameters.OrderBy(static p => p.Key, StringComparer.Ordinal));
    }

    /// <summary>An operation of ECS, what is given, and what travels but for the region.</summary>
    public static TheoryData<string, string, string> Forms => new()
    {
        { "DescribeImages", """{"Tag":[{"Key":"a","Value":"b"},{"Key":"c"}]}""", "Tag.1.Key=a Tag.1.Value=b Tag.2.Key=c" },
        { "DescribeImages", """{"Tag":{"Key":"a"}}""", "Tag.1.Key=a" },
        { "DescribeImages", """{"tag":[{"key":"a"}],"imageowneralias":"self"}""", "Tag.1.Key=a ImageOwnerAlias=self" },
        { "DescribeImages", """{"Tag.2.key":"a","Tag.1":{"Key":"b"}}""", "Tag.2.Key=a Tag.1.Key=b" },
        { "DescribeImages", """{"ImageId":["m-1","m-2"],"Status":["Available","Creating"]}""", "ImageId=m-1,m-2 Status=Available,Creating" },
        { "DescribeImages", """{"ImageId":["m-1"]}""", "ImageId=m-1" },
        { "DescribeImages", """{"DryRun":true,"PageSize":50,"ImageName":null}""", "DryRun=true PageSize=50" },
        { "DescribeImages", """{"DryRun":"FALSE","PageSize":"50","ImageName":""}""", "DryRun=false PageSize=50 ImageName=" },
        { "DescribeImages", """{"OwnerId":12,"ResourceOwnerAccount":"x"}""", "OwnerId=12 ResourceOwnerAccount=x" },
        { "DescribeInstances", """{"InstanceIds":["i-1","i-2"]}""", """InstanceIds=["i-1","i-2"]""" },
        { "DescribeInstances", """{"InstanceIds":"[\"i-1\"]"}""", """InstanceIds=["i-1"]""" },
        { "ModifyImageAttribute", """{"ImageId":"m-1","Features":{"nvmesupport":"supported"}}""", "ImageId=m-1 Features.NvmeSupport=supported" },
        { "ModifyImageAttribute", """{"ImageId":"m-1","Features":[{"NvmeSupport":"supported"}]}""", "ImageId=m-1 Features.NvmeSupport=supported" },
        { "ModifyImageSharePermission", """{"ImageId":"m-1","AddAccount":1234567890123456}""", "ImageId=m-1 AddAccount.1=1234567890123456" },
        { "UntagResources", """{"ResourceType":"image","ResourceId":["m-1","m-2"],"TagKey":"a"}""", "ResourceType=image ResourceId.1=m-1 ResourceId.2=m-2 TagKey.1=a" },
        { "RunInstances", """{"NetworkInterface":[{"SecurityGroupIds":["sg-1","sg-2"]}]}""", "NetworkInterface.1.SecurityGroupIds.1=sg-1 NetworkInterface.1.SecurityGroupIds.2=sg-2" },
        { "DescribeInstanceTypes", """{"MinimumMemorySize":0.5}""", "MinimumMemorySize=0.5" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_form_travels_as_the_contract_says(string operation, string given, string wire)
    {
        var request = Request("ecs", operation, (JsonObject)JsonNode.Parse(given)!, region: true);
        Assert.DoesNotContain(request.Problems, static p => p.Code != "MissingParameter");
        Assert.Equal(wire, string.Join(' ', request.Parameters.Where(static p => p.Key != "RegionId").Select(static p => $"{p.Key}={p.Value}")));
    }

    [Theory]
    [InlineData("sts", "AssumeRole", "Policy", """{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*"}]}""")]
    [InlineData("oos", "StartExecution", "Parameters", """{"sourceImageId":"m-1","count":2,"flag":true,"none":null}""")]
    [InlineData("oos", "StartExecution", "Tags", """{"team":"w\u0026b"}""")]
    [InlineData("ram", "CreatePolicy", "PolicyDocument", """{"Statement":["x"],"中":"é"}""")]
    public void A_document_travels_as_one_JSON_text(string product, string operation, string name, string document)
    {
        var request = Request(product, operation, new JsonObject { [name] = JsonNode.Parse(document) });
        var sent = request.Parameters[name];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(document), JsonNode.Parse(sent)), sent);
        Assert.Equal(sent, Request(product, operation, new JsonObject { [name] = sent }).Parameters[name]);
    }

    [Theory]
    [InlineData("DescribeTasks", "StartTime", "2026-11-23T23:00:07Z")]
    [InlineData("DescribeImages", "Filter.1.Value", "2026-11-23T23:00Z")]
    public void A_time_travels_in_UTC_as_the_documentation_shows_it(string operation, string name, string sent) => Assert.Equal(sent,
        Request("ecs", operation, new JsonObject { [name] = JsonValue.Create(new DateTimeOffset(2026, 11, 24, 7, 0, 7, TimeSpan.FromHours(8))) }).Parameters[name]);

    /// <summary>An operation of ECS, what is given, and the code and the words of what is wrong with it.</summary>
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "CopyImage", """{"ImageId":"m-1","DestinationRegion":"cn-beijing"}""", "UnknownParameter", "no parameter 'DestinationRegion'; near it: DestinationRegionId" },
        { "CopyImage", """{"ImageId":"m-1","Tags":[{"Key":"a"}]}""", "UnknownParameter", "near it: Tag.N" },
        { "CopyImage", """{"ImageId":"m-1","Tag":[{"TagKey":"a"}]}""", "UnknownParameter", "no parameter 'Tag.1.TagKey'; near it: Tag.N.Key" },
        { "CopyImage", """{"ImageId":"m-1","Tag":{"team":"web"}}""", "UnknownParameter", "there is Tag.N.Key, Tag.N.Value" },
        { "ModifyImageAttribute", """{"ImageId":"m-1","NvmeSupport":"supported"}""", "UnknownParameter", "near it: Features.NvmeSupport" },
        { "CopyImage", """{"ImageId":"m-1","Tag.Key":"a"}""", "InvalidParameter", "Tag is a list: write Tag.1" },
        { "CopyImage", """{"ImageId":"m-1","Tag.0.Key":"a"}""", "InvalidParameter", "counting from 1" },
        { "CopyImage", """{"ImageId":"m-1","ImageId.1":"a"}""", "UnknownParameter", "no parameter 'ImageId.1'" },
        { "CopyImage", """{"ImageId":"m-1","Tag":"a"}""", "InvalidParameter", "'Tag.1' takes a hashtable, such as @{ Key = ... }, of Key, Value" },
        { "CopyImage", """{"ImageId":"m-1","Tag":[null]}""", "InvalidParameter", "'Tag.1' is $null" },
        { "CopyImage", """{"ImageId":"m-1","Tag":[{}]}""", "InvalidParameter", "'Tag.1' is empty" },
        { "CopyImage", """{"ImageId":["m-1","m-2"]}""", "InvalidParameter", "'ImageId' takes one value, not a list of 2" },
        { "CopyImage", """{"ImageId":{"a":1}}""", "InvalidParameter", "'ImageId' takes one value, not a hashtable" },
        { "CopyImage", """{"ImageId":"m-1","Encrypted":"yes"}""", "InvalidParameter", "'Encrypted' is true or false, not 'yes'" },
        { "CopyImage", """{"ImageId":"m-1","imageid":"m-2"}""", "DuplicateParameter", "'ImageId' is given twice" },
        { "CopyImage", """{"ImageId":"m-1","Tag":[{"Key":"a"}],"Tag.1.Key":"b"}""", "DuplicateParameter", "'Tag.1.Key' is given twice" },
        { "CopyImage", """{"DestinationRegionId":"cn-beijing"}""", "MissingParameter", "'ImageId' is missing; CopyImage needs it" },
        { "CopyImage", """{"ImageId":""}""", "MissingParameter", "'ImageId' is missing" },
        { "CopyImage", """{"ImageId":null}""", "MissingParameter", "'ImageId' is missing" },
        { "DescribeImages", """{"PageSize":101}""", "InvalidParameter", "'PageSize' is at most 100, not 101" },
        { "DescribeImages", """{"PageSize":"ten"}""", "InvalidParameter", "'PageSize' is a whole number, not 'ten'" },
        { "DescribeImages", """{"PageSize":1.5}""", "InvalidParameter", "'PageSize' is a whole number, not '1.5'" },
        { "DescribeImages", """{"PageNumber":4294967296}""", "InvalidParameter", "'PageNumber' is a whole number" },
        { "CopyImage", """{"ImageId":"m-1","DestinationImageName":"x"}""", "InvalidParameter", "'DestinationImageName' has 2 to 128 characters, not 1" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_what_was_meant(string operation, string given, string code, string words)
    {
        var problem = Assert.Single(Request("ecs", operation, (JsonObject)JsonNode.Parse(given)!, region: true).Problems);
        Assert.Equal(code, problem.Code);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_may_be_as_long_as_the_contract_says_and_no_longer()
    {
        static WireRequest Tags(int count) => Request("ecs", "CopyImage", new JsonObject
        {
            ["ImageId"] = "m-1",
            ["Tag"] = new JsonArray([.. Enumerable.Range(0, count).Select(static i => (JsonNode)new JsonObject { ["Key"] = $"k{i}" })]),
        }, region: true);
        Assert.Empty(Tags(20).Problems);
        Assert.Contains("at most 20 items, not 21", Assert.Single(Tags(21).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() => Assert.Equal(["UnknownParameter", "InvalidParameter", "MissingParameter", "MissingParameter"],
        Request("ecs", "CopyImage", (JsonObject)JsonNode.Parse("""{"Nothing":1,"Encrypted":"perhaps"}""")!).Problems.Select(static p => p.Code));

    /// <summary>Whatever is given, it ends in parameters and problems: nothing is lost without a word.</summary>
    [Fact]
    public void Random_nested_parameters_never_do_more_than_be_wrong()
    {
        const int Seed = 20261124;
        var random = new Random(Seed);
        var operations = ApiContract.Ecs.Operations.Values.ToArray();
        for (var round = 0; round < 3000; round++)
        {
            var operation = operations[random.Next(operations.Length)];
            var given = (JsonObject)Node(random, operation, 0)!;
            var request = new WireRequest(operation, ApiContract.Ecs.HiddenParameters);
            request.Add(given);
            request.CheckPresence();
            var told = string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, round {round}: {operation.Name} {given}");
            Assert.True(request.Problems.All(static p => p.Message.Length > 0 && p.Code.Length > 0), told);
            Assert.True(request.Parameters.Keys.All(static k => k.Length > 0), told);
        }
    }

    private static JsonNode? Node(Random random, ApiOperation operation, int depth) => (depth == 0 ? 0 : random.Next(depth > 4 ? 2 : 0, 8)) switch
    {
        0 => new JsonObject(Enumerable.Range(0, random.Next(6)).Select(_ => Name(random, operation)).Distinct(StringComparer.Ordinal).Select(n => KeyValuePair.Create(n, Node(random, operation, depth + 1)))),
        1 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Node(random, operation, depth + 1))]),
        2 => JsonValue.Create(random.Next()),
        3 => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-10, 25))),
        4 => JsonValue.Create(random.Next(2) == 0),
        5 => JsonValue.Create(new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero)),
        6 => null,
        _ => JsonValue.Create(new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(1, 0x3000))])),
    };

    private static string Name(Random random, ApiOperation operation)
    {
        var fields = FieldNames.All(operation.Request).ToArray();
        if (fields.Length == 0) return "x";
        var field = fields[random.Next(fields.Length)];
        return random.Next(6) switch
        {
            0 => FieldNames.Wire(field).Replace(".N", $".{random.Next(0, 12)}", StringComparison.Ordinal),
            1 => field.Name.ToLowerInvariant() + (random.Next(3) == 0 ? "." : ""),
            2 => field.Name[..random.Next(field.Name.Length)] + "..",
            _ => field.Name,
        };
    }

    private static IEnumerable<int> Numbers(Func<WireForm, bool> which) => Enumerable.Range(0, WireForm.All.Count).Where(i => which(WireForm.All[i]));

    private static WireRequest Request(string product, string operation, JsonObject given, bool region = false)
    {
        var found = ApiProduct.Find(product)!;
        var request = new WireRequest(found.Operation(operation), found.Contract().HiddenParameters);
        request.Add(given);
        if (region) request.Parameters["RegionId"] = "cn-hangzhou";
        request.CheckPresence();
        return request;
    }

    // The inverse, written apart from it: numbers are places in lists.
    private static JsonObject Nested(IReadOnlyDictionary<string, string> wire)
    {
        var root = new JsonObject();
        foreach (var (name, value) in wire.OrderBy(static p => p.Key.Length).ThenBy(static p => p.Key, StringComparer.Ordinal))
        {
            var parts = name.Split('.');
            JsonNode at = root;
            for (var i = 0; i < parts.Length; i++)
            {
                JsonNode next = i + 1 == parts.Length ? JsonValue.Create(value) : int.TryParse(parts[i + 1], out _) ? new JsonArray() : new JsonObject();
                if (at is JsonArray list)
                {
                    var place = int.Parse(parts[i], CultureInfo.InvariantCulture) - 1;
                    while (list.Count <= place) list.Add(next);
                    at = list[place]!;
                }
                else
                {
                    at = ((JsonObject)at)[parts[i]] ??= next;
                }
            }
        }
        return root;
    }
}
