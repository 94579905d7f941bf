namespace EcsImages.Emulator.Control;

/// <summary>The faults that are asked for; each call meets the first that fits.</summary>
internal sealed class Faults
{
    private readonly object _gate = new();
    private readonly List<Pending> _pending = [];
    private int _lastId;

    public int Add(Fault fault)
    {
        fault.Check();
        lock (_gate)
        {
            _pending.Add(new Pending(++_lastId, fault));
            return _lastId;
        }
    }

    public IReadOnlyList<(int Id, Fault Fault, int Met)> List()
    {
        lock (_gate) return [.. _pending.Select(static p => (p.Id, p.Fault, p.Met))];
    }

    /// <summary>Ends one, or without an id all.</summary>
    public bool Remove(int? id)
    {
        lock (_gate) return _pending.RemoveAll(p => id is null || p.Id == id) > 0 || id is null;
    }

    /// <summary>The fault that this call meets; null if it meets none.</summary>
    public Fault? Meet(string? product, string? operation)
    {
        lock (_gate)
        {
            foreach (var pending in _pending)
                if (pending.Meets(product, operation)) return pending.Fault;
            return null;
        }
    }

    private sealed class Pending(int id, Fault fault)
    {
        private readonly Random _random = fault.Seed is { } seed ? new(seed) : new();

        public int Id => id;

        public Fault Fault => fault;

        public int Met { get; private set; }

        public bool Meets(string? product, string? operation)
        {
            if (fault.Product is { } p && !p.Equals(product, StringComparison.OrdinalIgnoreCase)) return false;
            if (fault.Operation is { } o && !o.Equals(operation, StringComparison.OrdinalIgnoreCase)) return false;
#pragma warning disable CA5394 // Chance for tests, not for secrets.
            if (Met >= fault.Count || (fault.Probability < 1 && _random.NextDouble() >= fault.Probability)) return false;
#pragma warning restore CA5394
            Met++;
            return true;
        }
    }
}
