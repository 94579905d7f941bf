using System.Text.Json.Serialization;
using EcsImages.Local.Ecs.Building.Executions;

namespace EcsImages.Local.Dispatch;

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(BuildMade))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class JsonText : JsonSerializerContext;
