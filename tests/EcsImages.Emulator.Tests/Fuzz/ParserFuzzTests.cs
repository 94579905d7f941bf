using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;

namespace EcsImages.Emulator.Tests.Fuzz;

/// <summary>The parsers by themselves: either they read it, or they say what is wrong with it.</summary>
public sealed class ParserFuzzTests
{
    private const int Slice = 10_000;

    private static readonly byte[][] Documents =
    [
        .. new[]
        {
            "<Delete><Quiet>true</Quiet><Object><Key>a&amp;b</Key></Object><Object><Key>c</Key><VersionId>null</VersionId></Object></Delete>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Delete xmlns=\"http://doc.oss-cn-hangzhou.aliyuncs.com\"><Object><Key><![CDATA[a]]></Key></Object></Delete>",
            "<Delete><!-- none --><Object><Key>&#x4e2d;&#10;</Key></Object></Delete>",
            "<?xml version=\"1.0\" encoding=\"utf-16\"?><Delete><Object/></Delete>",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Forms =
    [
        .. new[]
        {
            "Action=CopyImage&ImageId=m-bp1&DestinationRegionId=cn-beijing&Tag.1.Key=a+b&Tag.1.Value=%E4%B8%AD&DryRun=true&Format=XML",
            "DiskDeviceMapping.1.Size=40&DiskDeviceMapping.10.SnapshotId=s-1&Features.NvmeSupport=supported&AddAccount.1=1000000000000001",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Objects =
    [
        .. new[]
        {
            "{\"Action\":\"CopyImage\",\"DryRun\":true,\"Size\":40,\"Big\":1e99,\"Tag\":[{\"Key\":\"a\",\"Value\":\"\\u4e2d\"},{\"Key\":null}],\"Nested\":{\"a\":{\"b\":[[1],[2,3]]}}}",
            "{\"a\":\"\\ud83d\\ude00\",\"\\ud83d\":1}",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Bodies_of_XML_are_read_or_refused()
    {
        var read = 0;
        for (var i = 0; i < FuzzCases.Count(Slice); i++)
        {
            var random = FuzzCases.RandomOf(i);
            var body = Mutation.Of(Documents[random.Next(Documents.Length)], random, Documents);
            var error = Record.Exception(() =>
            {
                foreach (var child in OssXml.Read(body, "Delete").Children("Object")) Assert.True(child.Text("Key") is not null || !child.Elements().Any(static e => e.Name.LocalName == "Key"));
                read++;
            });
            Assert.True(error is null or OssError, FuzzCases.Describe(i, $"{error}", body));
        }
        Assert.InRange(read, 1, FuzzCases.Count(Slice) - 1);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    public void Parameters_are_read_or_refused_and_a_reply_can_be_made_of_them(string type)
    {
        var read = 0;
        var samples = type == "application/json" ? Objects : Forms;
        for (var i = 0; i < FuzzCases.Count(Slice); i++)
        {
            var random = FuzzCases.RandomOf(i);
            var body = Mutation.Of(samples[random.Next(samples.Length)], random, samples);
            var request = new EndpointRequest("POST", "localhost", "/", Mutation.Of("Format=XML&a=b%20c", random), [new("Content-Type", type)], body);
            var error = Record.Exception(() =>
            {
                _ = RequestParameters.WantsXml(request);
                _ = CallName.Of(request);
                var reply = new JsonObject();
                foreach (var (name, value) in RequestParameters.Read(request)) reply[$"P{reply.Count}"] = name + value;
                Assert.InRange(reply.Count, 0, RequestParameters.Most);
                Assert.NotNull(XDocument.Load(new MemoryStream(XmlText.Write("Reply", reply))).Root);
                read++;
            });
            Assert.True(error is null or EndpointError, FuzzCases.Describe(i, $"{error}", body));
        }
        Assert.InRange(read, 1, FuzzCases.Count(Slice));
    }

    [Theory]
    [InlineData("<Delete>", "<Object><Key>a</Key></Object>", "</Delete>", 60_000)]
    [InlineData("<Delete>", "<a/>", "</Delete>", 400_000)]
    [InlineData("<Delete", " a{0}=\"\"", "/>", 1_000)]
    [InlineData("", "<Delete>", "", 200_000)]
    public void A_body_of_very_many_nodes_is_refused_before_it_takes_memory(string start, string part, string end, int times)
    {
        var text = new StringBuilder(start);
        for (var i = 0; i < times; i++) text.Append(part.Replace("{0}", $"{i:x}", StringComparison.Ordinal));
        var body = Encoding.UTF8.GetBytes(text.Append(end).ToString());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Record.Exception(() => OssXml.Read(body, "Delete"));
        Assert.IsType<OssError>(error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
    }
}
