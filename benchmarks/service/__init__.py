"""The running service, its visitors and their traffic, for `benchmarks.load` and `benchmarks.soak`."""
