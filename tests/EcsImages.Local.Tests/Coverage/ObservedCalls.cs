using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Tests.Coverage;

/// <summary>What the calls of this test run showed: which parameters were sent with a value, and read by an operation that then succeeded.</summary>
internal static class ObservedCalls
{
    private static readonly ConcurrentDictionary<(string Product, string Operation, string Pattern), bool> Shown = new();
    private static readonly ConcurrentDictionary<(string Product, string Operation, string Pattern), bool> Stopped = new();
    private static readonly ConcurrentDictionary<(string Product, string Operation, string Pattern), bool> Read = new();
    private static readonly ConcurrentDictionary<(string Product, string Operation), bool> Succeeded = new();

    private static readonly ConcurrentDictionary<(string Product, string Operation, string Code), bool> Codes = new();

    private static readonly AsyncLocal<bool> Hidden = new();

    /// <summary>From here on, the calls of the test that says so show nothing.</summary>
    public static void Hide() => Hidden.Value = true;

    public static bool Honoured(string product, string operation, string pattern) => Shown.ContainsKey((product, operation, pattern));

    /// <summary>Whether a call with it was refused after the operation had read it.</summary>
    public static bool Refused(string product, string operation, string pattern) => Stopped.ContainsKey((product, operation, pattern));

    /// <summary>Whether the operation asks for it, whoever sends it.</summary>
    public static bool AskedFor(string product, string operation, string pattern) => Read.ContainsKey((product, operation, pattern));

    public static bool Works(string product, string operation) => Succeeded.ContainsKey((product, operation));

    /// <summary>Whether a call was refused with that code.</summary>
    public static bool EndedWith(string product, string operation, string code) => Codes.ContainsKey((product, operation, code));

    [ModuleInitializer]
    public static void Listen() => CallWatch.Source.Subscribe(new Listener());

    private static void Note(WatchedCall call)
    {
        if (Hidden.Value) return;
        var isDryRun = call.Code is "DryRunOperation" or "DRYRUN.SUCCESS";
        if (call.Code is null) Succeeded.TryAdd((call.Product, call.Operation), true);
        else Codes.TryAdd((call.Product, call.Operation, call.Code), true);
        if (ApiProduct.Find(call.Product)?.Operation(call.Operation) is not { } operation) return;
        foreach (var name in call.Read)
        {
            if (ParameterName.Find(operation, name) is not { } found) continue;
            var key = (call.Product, call.Operation, found.Pattern);
            Read.TryAdd(key, true);
            if (!call.Sent.Contains(name)) continue;
            // A dry run that is not one shows nothing.
            if (isDryRun || (call.Code is null && name != "DryRun")) Shown.TryAdd(key, true);
            else if (call.Code is not null) Stopped.TryAdd(key, true);
        }
    }

    private sealed class Listener : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is WatchedCall call) Note(call);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => Trace.TraceError(error.Message);
    }
}
