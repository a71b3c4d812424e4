"""Parts of ``python -m benchmarks.batch``: many different pictures, and runs of a batch looked at from outside."""
