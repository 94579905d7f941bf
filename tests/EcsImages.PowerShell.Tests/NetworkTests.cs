using System.Diagnostics;

namespace EcsImages.PowerShell.Tests;

/// <summary>Where requests go in a process of its own: proxies are a matter of the whole process.</summary>
public sealed class NetworkTests
{
    [Theory]
    [InlineData("true", "sts-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("false", "sts.cn-hangzhou.aliyuncs.com")]
    public async Task The_proxy_of_the_environment_is_asked_for_the_endpoint_of_the_network(string isPrivate, string host)
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var proxy = new FakeService(r =>
        {
            asked.TrySetResult(r.Head.Split('\r')[0]);
            return new FakeReply(403, "");
        });
        using var process = Process.Start(new ProcessStartInfo("dotnet", [StagedModule.Shell, "-NonInteractive", "-Command", "Connect-EcsAccount -RegionId cn-hangzhou"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ECSIMAGE_MODULE"] = StagedModule.Manifest,
                ["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "LTAIenv",
                ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "secret",
                ["ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"] = isPrivate,
                ["HTTPS_PROXY"] = proxy.Endpoint,
                ["https_proxy"] = proxy.Endpoint,
                ["NO_PROXY"] = "",
                ["no_proxy"] = "",
            },
        })!;
        try
        {
            Assert.Equal($"CONNECT {host}:443 HTTP/1.1", await asked.Task.WaitAsync(TimeSpan.FromMinutes(1)));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
