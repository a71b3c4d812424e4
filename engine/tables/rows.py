"""Reads the data files of this folder and of others."""

from collections.abc import Mapping


def read_rows(table: str, package: str = "engine.tables") -> tuple[Mapping[str, str], ...]:
    """Return the rows of ``<table>.tsv`` of a package in order, each as column → cell.

    Raises:
        ValueError: a row with more or fewer cells than the header.
    """
    from importlib.resources import files  # costs 10 ms, which whoever only imports the engine need not wait

    text = files(package).joinpath(f"{table}.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(dict(zip(header, row, strict=True)) for row in rows)


def grouped(table: str, key: str, value: str) -> Mapping[str, tuple[str, ...]]:
    """Return the cells of column ``value`` in order, by what stands in column ``key``."""
    found: dict[str, list[str]] = {}
    for row in read_rows(table):
        found.setdefault(row[key], []).append(row[value])
    return {name: tuple(values) for name, values in found.items()}
