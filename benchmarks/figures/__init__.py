"""Figures of README and docs: taken from ``benchmarks/results``, written between marks in the pages."""
