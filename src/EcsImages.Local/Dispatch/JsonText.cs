using System.Text.Json.Serialization;

namespace EcsImages.Local.Dispatch;

[JsonSerializable(typeof(string[]))]
internal sealed partial class JsonText : JsonSerializerContext;
