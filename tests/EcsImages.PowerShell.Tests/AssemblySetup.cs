// The tests share the environment variables of one process, and two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
