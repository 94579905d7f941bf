using System.Text.Json.Nodes;
using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

public sealed class ClientTokenTests
{
    [Fact]
    public async Task The_same_token_gives_the_first_answer_and_other_parameters_are_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.Arrange(store =>
        {
            var first = Call(client, store, "web");
            ClientTokens.Keep(first, "token", HashOf("web"), new Reply(new JsonObject { ["ImageId"] = "m-1" }), store);
            Assert.Equal("m-1", ClientTokens.Find(Call(client, store, "web"), "token", HashOf("web"), store)!.Body["ImageId"]!.GetValue<string>());
            var error = Assert.Throws<EndpointError>(() => ClientTokens.Find(Call(client, store, "db"), "token", HashOf("db"), store));
            Assert.Equal("IdempotenceParamNotMatch", error.Code);
        });
        endpoint.Clock.Advance(TimeSpan.FromHours(25));
        endpoint.Arrange(store => Assert.Null(ClientTokens.Find(Call(client, store, "db"), "token", HashOf("db"), store)));
    }

    private static string HashOf(string name) => ClientTokens.HashOf(Parameters(name));

    private static Dictionary<string, string> Parameters(string name) => new() { ["ImageName"] = name, ["ClientToken"] = "token" };

    private static Call Call(TestClient client, Session store, string name) => new(
        ApiContract.Ecs.Operations["CreateImage"], Parameters(name), client.Account, "cn-hangzhou", "id", store.Now);
}
