namespace EcsImages.Core.Building;

/// <summary>What a pipeline can set when it uses a component, as COMPONENT ic-... --name value.</summary>
/// <param name="Name">The name.</param>
/// <param name="ParameterType">String, Number or Boolean.</param>
/// <param name="DefaultValue">What it is when nothing is said; null where something has to be.</param>
public sealed record EcsImageComponentParameter(string Name, string? ParameterType, string? DefaultValue)
{
    /// <summary>Its name, with what it is when nothing is said.</summary>
    public override string ToString() => DefaultValue is null ? Name : $"{Name} = {DefaultValue}";
}
