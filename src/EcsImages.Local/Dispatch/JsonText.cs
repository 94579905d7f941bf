using System.Text.Json.Serialization;

namespace EcsImages.Local.Dispatch;

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class JsonText : JsonSerializerContext;
