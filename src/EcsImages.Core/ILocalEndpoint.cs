using EcsImages.Core.Acs;

namespace EcsImages.Core;

/// <summary>The embedded endpoint, as everything outside of it sees it: a handler under an HttpClient.</summary>
public interface ILocalEndpoint : IAsyncDisposable
{
    /// <summary>Answers requests to any Alibaba Cloud host name within this process. Disposing it leaves the endpoint open.</summary>
    HttpMessageHandler CreateHandler();

    /// <summary>Finds the account of that name, or makes it with its access key.</summary>
    /// <param name="name">A name of one's own choice, or a 16-digit account id.</param>
    /// <param name="stop">Cancels the call.</param>
    /// <exception cref="LocalEndpointException">The folder cannot be read or written.</exception>
    Task<LocalAccount> OpenAccountAsync(string name, CancellationToken stop);

    /// <summary>Finds the RAM user of that name, or makes it with an access key of its own; likewise the account.</summary>
    /// <param name="account">As for <see cref="OpenAccountAsync"/>.</param>
    /// <param name="user">1 to 64 letters, digits, '-', '_' or '.'.</param>
    /// <param name="policyDocument">All that the user may do, from now on. Null leaves what there was; a new user may do nothing but ask who it is.</param>
    /// <param name="stop">Cancels the call.</param>
    /// <exception cref="LocalEndpointException">The folder cannot be read or written.</exception>
    /// <exception cref="Ram.RamPolicyException">It is no policy, or one that the endpoint cannot judge by; nothing was changed.</exception>
    Task<LocalAccount> OpenUserAsync(string account, string user, string? policyDocument, CancellationToken stop);
}

/// <summary>An account of the embedded endpoint, with the key that the endpoint will recognise it by.</summary>
/// <param name="Name">The name it was made with.</param>
/// <param name="AccountId">16 digits, as the service's account ids.</param>
/// <param name="Credential">Its access key.</param>
public sealed record LocalAccount(string Name, string AccountId, AcsCredential Credential)
{
    /// <summary>The RAM user whose key it is; null for the account's own, which may do everything.</summary>
    public string? UserName { get; init; }
}

/// <summary>Opens embedded endpoints; the one type that the module loads by reflection.</summary>
public interface ILocalEndpointFactory
{
    /// <summary>Opens the folder, creating it where it is not there.</summary>
    /// <exception cref="LocalEndpointException">Locked, read-only, full, damaged, or written by a newer version.</exception>
    Task<ILocalEndpoint> OpenAsync(LocalEndpointOptions options, CancellationToken stop);
}

/// <summary>Where an embedded endpoint keeps its data, and how fast its time goes.</summary>
public sealed record LocalEndpointOptions
{
    /// <summary>The folder; absolute.</summary>
    public required string Path { get; init; }

    /// <summary>How much faster than the default asynchronous work goes; 1 is about a second for each piece of work.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Whether new accounts have the RAM roles by which images are imported and exported, as an account has once its owner has agreed to it at the console.</summary>
    public bool HasServiceRoles { get; init; }

    /// <summary>The clock; tests hand in one that they move.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>The folder of an embedded endpoint cannot be used; the message says why and what to do.</summary>
public sealed class LocalEndpointException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">A stable word for scripts: LocalFolderReadOnly, LocalFolderNewer, LocalFolderDamaged, LocalFolderFull, LocalFolderBusy, LocalFolderInvalid.</param>
    /// <param name="message">What is wrong with which folder, and what to do.</param>
    /// <param name="inner">The cause.</param>
    public LocalEndpointException(string code, string message, Exception? inner = null) : base(message, inner) => Code = code;

    /// <summary>A stable word for scripts.</summary>
    public string Code { get; }
}
