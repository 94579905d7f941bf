using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EcsImages.Core.Acs;
using EcsImages.Core.Contract;

namespace EcsImages.Core.Tests.Contract;

/// <summary>Compares the shape of a type on the wire with the fields of the contract; what differs is named.</summary>
internal sealed class ShapeCheck
{
    private readonly List<string> _differences = [];

    public static IReadOnlyList<string> Request(JsonTypeInfo shape, IReadOnlyList<ApiField> fields)
    {
        var check = new ShapeCheck();
        check.Compare("", shape, fields, isRequest: true);
        return check._differences;
    }

    public static IReadOnlyList<string> Reply(JsonTypeInfo shape, IReadOnlyList<ApiField> fields)
    {
        var check = new ShapeCheck();
        check.Compare("", shape, fields, isRequest: false);
        return check._differences;
    }

    private void Compare(string path, JsonTypeInfo shape, IReadOnlyList<ApiField> fields, bool isRequest)
    {
        var byName = fields.ToDictionary(static f => f.Name, StringComparer.Ordinal);
        foreach (var property in shape.Properties)
        {
            var name = path + property.Name;
            if (!byName.TryGetValue(property.Name, out var field))
            {
                // Every reply holds it; the contract does not repeat it everywhere.
                if (isRequest || name != nameof(AcsReply.RequestId)) _differences.Add($"{name} is not in the contract");
                continue;
            }
            Compare(name, property.PropertyType, shape, field, isRequest);
            if (isRequest && field.Required && !property.IsRequired) _differences.Add($"{name} is required by the contract");
            // One shape of a tag or filter serves all operations; only there may we ask for more than the contract does.
            if (isRequest && path.Length == 0 && property.IsRequired && !field.Required) _differences.Add($"{name} is not required by the contract");
            if (!isRequest && property.IsRequired) _differences.Add($"{name} is required in a reply");
        }
        if (!isRequest) return;
        foreach (var field in fields.Where(f => f.Required && shape.Properties.All(p => p.Name != f.Name)))
            _differences.Add($"{path}{field.Name} is required by the contract, and missing");
    }

    private void Compare(string name, Type type, JsonTypeInfo holder, ApiField field, bool isRequest)
    {
        var actual = Nullable.GetUnderlyingType(type) ?? type;
        if (actual.IsGenericType && actual.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var item = actual.GetGenericArguments()[0];
            if (field.Type != "array") _differences.Add($"{name} is a list, and {field.Type} in the contract");
            else if (item.Namespace == nameof(System)) CompareWord(name + ".N", item, field.ItemType ?? "");
            else if (field.ItemType != "struct") _differences.Add($"{name}.N is a struct, and {field.ItemType} in the contract");
            else Compare(name + ".N.", holder.Options.GetTypeInfo(item), field.Fields, isRequest);
        }
        else if (actual.Namespace == nameof(System)) CompareWord(name, actual, field.Type);
        else if (actual == typeof(JsonElement))
        {
            // What the contract leaves open, the reader looks at.
            if (field.Type != "map") _differences.Add($"{name} is any JSON, and {field.Type} in the contract");
        }
        else if (field.Type != "struct") _differences.Add($"{name} is a struct, and {field.Type} in the contract");
        else if (field.Style == "json") _differences.Add($"{name} is a struct, and travels as one JSON text");
        else Compare(name + ".", holder.Options.GetTypeInfo(actual), field.Fields, isRequest);
    }

    private void CompareWord(string name, Type type, string expected)
    {
        string[] words = type == typeof(string) ? ["string"]
            : type == typeof(bool) ? ["boolean"]
            : type == typeof(int) ? ["int32"]
            : type == typeof(long) ? ["int64"]
            : type == typeof(double) ? ["float", "double"]
            : [];
        if (!words.Contains(expected)) _differences.Add($"{name} is {type.Name}, and {expected} in the contract");
    }
}
