"""What the benchmarks share and users do not need: drawn pictures, honesty under damage, tables for the terminal."""
