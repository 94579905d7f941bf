using EcsImages.Core.Acs;

namespace EcsImages.Core.Oos;

internal sealed record GetTemplateRequest
{
    public string? RegionId { get; init; }

    public required string TemplateName { get; init; }

    public string? TemplateVersion { get; init; }
}

internal sealed record GetTemplateReply : AcsReply
{
    /// <summary>The template, in YAML or JSON.</summary>
    public string? Content { get; init; }

    public TemplateReply? Template { get; init; }
}

internal sealed record TemplateReply
{
    public string? TemplateName { get; init; }

    public string? TemplateVersion { get; init; }

    public string? TemplateFormat { get; init; }

    public string? ShareType { get; init; }
}
