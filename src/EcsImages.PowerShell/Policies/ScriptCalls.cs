using System.Management.Automation.Language;

namespace EcsImages.PowerShell.Policies;

/// <summary>What a script calls of the module, by its text; the script is parsed, never run.</summary>
internal sealed class ScriptCalls
{
    private static readonly string[] AliasMakers = ["Set-Alias", "New-Alias", "sal", "nal"];
    // What stands behind them is not their value: those of Invoke-EcsApi, of Set-Alias, and common ones.
    private static readonly string[] Switches = ["Verbose", "Debug", "WhatIf", "Confirm", "Force", "PassThru", "All", "Raw", "SkipValidation", "ShowParameter"];
    private static readonly string[] TextRunners = ["Invoke-Expression", "iex"];

    private readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, string?> _aliasOfSession;

    private ScriptCalls(Func<string, string?> aliasOfSession) => _aliasOfSession = aliasOfSession;

    /// <summary>The module's cmdlets that it calls.</summary>
    public HashSet<string> Cmdlets { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The actions that it names to Invoke-EcsApi.</summary>
    public HashSet<string> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>What could not be seen, each with its place.</summary>
    public List<string> Unseen { get; } = [];

    /// <summary>Looks through a script, its functions and nested blocks included.</summary>
    /// <param name="script">The parsed script.</param>
    /// <param name="aliasOfSession">What an alias of the session stands for; null where there is none.</param>
    public static ScriptCalls Of(ScriptBlockAst script, Func<string, string?> aliasOfSession)
    {
        var calls = new ScriptCalls(aliasOfSession);
        var commands = script.FindAll(static a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().ToArray();
        foreach (var command in commands) calls.NoteAlias(command);
        foreach (var command in commands) calls.Note(command);
        foreach (var made in script.FindAll(static a => a is InvokeMemberExpressionAst { Member: StringConstantExpressionAst { Value: "Create" } } m && IsScriptBlock(m.Expression), true))
            calls.Unseen.Add($"{Place(made)}: a script block is made from a text; what it calls is not seen.");
        return calls;
    }

    private void Note(CommandAst command)
    {
        if (command.GetCommandName() is not { } name)
        {
            // The commands of a block that is written here are seen by themselves.
            if (command.CommandElements[0] is not ScriptBlockExpressionAst)
                Unseen.Add($"{Place(command)}: {Shown(command)} calls what is known only when it runs; that is not seen.");
            return;
        }
        var resolved = _aliases.GetValueOrDefault(name) ?? (ModuleCmdlets.Find(name) is null ? _aliasOfSession(name) : null) ?? name;
        if (ModuleCmdlets.Find(resolved) is { } cmdlet)
        {
            Cmdlets.Add(cmdlet);
            if (cmdlet == ModuleCmdlets.AnyOperation) NoteOperation(command);
        }
        else if (TextRunners.Contains(resolved, StringComparer.OrdinalIgnoreCase))
        {
            Unseen.Add($"{Place(command)}: {resolved} runs a text; what it calls is not seen.");
        }
        else if (resolved.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) || resolved.EndsWith(".psm1", StringComparison.OrdinalIgnoreCase))
        {
            Unseen.Add($"{Place(command)}: {resolved} is another script, which is not followed; name it with -Path as well.");
        }
    }

    private void NoteOperation(CommandAst command)
    {
        var operations = Values(command, "Operation", position: 0);
        var products = Values(command, "Product", position: null) ?? ["ecs"];
        if (operations is null || products.Any(static p => p is null) || operations.Any(static o => o is null))
        {
            Unseen.Add($"{Place(command)}: the operation of {ModuleCmdlets.AnyOperation} is known only when it runs; that is not seen.");
            return;
        }
        foreach (var product in products)
            foreach (var operation in operations)
                Actions.Add($"{product!.ToLowerInvariant()}:{operation}");
    }

    // Set-Alias cp Copy-EcsImage, with its parameters named or not.
    private void NoteAlias(CommandAst command)
    {
        if (command.GetCommandName() is not { } name || !AliasMakers.Contains(name, StringComparer.OrdinalIgnoreCase)) return;
        if (Values(command, "Name", position: 0) is [{ } alias] && Values(command, "Value", position: 1) is [{ } target]) _aliases[alias] = target;
    }

    /// <summary>The literal values of a parameter, null for each that is none; null where it is not given.</summary>
    private static string?[]? Values(CommandAst command, string parameter, int? position)
    {
        var unnamed = new List<Ast>();
        for (var i = 1; i < command.CommandElements.Count; i++)
        {
            if (command.CommandElements[i] is not CommandParameterAst named)
            {
                unnamed.Add(command.CommandElements[i]);
                continue;
            }
            if (named.Argument is null && Switches.Any(s => s.StartsWith(named.ParameterName, StringComparison.OrdinalIgnoreCase))) continue;
            var value = named.Argument ?? (i + 1 < command.CommandElements.Count && command.CommandElements[i + 1] is not CommandParameterAst ? command.CommandElements[++i] : null);
            // Names may be shortened; those that are looked for here begin like no common parameter from their second letter on.
            if (named.ParameterName.Length > 1 && parameter.StartsWith(named.ParameterName, StringComparison.OrdinalIgnoreCase))
                return value is null ? [null] : Literals(value);
        }
        return position < unnamed.Count ? Literals(unnamed[position.Value]) : null;
    }

    private static string?[] Literals(Ast value) => value switch
    {
        StringConstantExpressionAst text => [text.Value],
        ArrayLiteralAst several => [.. several.Elements.SelectMany(Literals)],
        _ => [null],
    };

    private static bool IsScriptBlock(ExpressionAst expression) =>
        expression is TypeExpressionAst { TypeName.Name: var name } && name.EndsWith("scriptblock", StringComparison.OrdinalIgnoreCase);

    private static string Shown(CommandAst command) => command.Extent.Text.Split('\n')[0].Trim() is { Length: > 60 } text ? text[..60] + "…" : command.Extent.Text.Split('\n')[0].Trim();

    private static string Place(Ast ast) => FormattableString.Invariant($"{ast.Extent.File}:{ast.Extent.StartLineNumber}:{ast.Extent.StartColumnNumber}");
}
