namespace EcsImages.Core.Contract;

/// <summary>One thing that is wrong with a request, found before it is sent.</summary>
/// <param name="Code">UnknownParameter, MissingParameter, InvalidParameter or DuplicateParameter.</param>
/// <param name="Parameter">The parameter by its wire name.</param>
/// <param name="Message">What is wrong with it; never a value that could be secret.</param>
internal sealed record ApiProblem(string Code, string Parameter, string Message);
