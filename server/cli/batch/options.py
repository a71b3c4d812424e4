"""What ``passport-ocr batch`` can be told, and what of it cannot be meant."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from engine.values.items import PAGE_ALONE, Item, Scope

from ...batch.results.rows import NAMES
from ...batch.sources.wanted import Shard

MRZ_ITEMS: Final = frozenset(Item) - {*PAGE_ALONE}
"""What ``--items mrz`` keeps."""
HERE: Final = "here"
"""``--ray here`` begins a cluster on this machine."""


class Only(StrEnum):
    """Which rows are written."""

    ALL = "all"
    DOUBTFUL = "doubtful"
    FAILED = "failed"


SourcesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Pictures, folders, zip and tar archives, patterns in quotes, URLs such as s3://bucket/scans.",
    ),
]
OutOption = Annotated[
    str, typer.Option(metavar="FILE", help="Where the rows go: FILE.jsonl, FILE.csv or FILE.parquet (a folder).")
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="LIST", help="A file with a source a line; - is the standard input.")
]
JobsOption = Annotated[
    int | None, typer.Option(min=1, help="Processes that read at the same time.", show_default="all cores")
]
ItemsOption = Annotated[
    str, typer.Option(metavar="ITEM,…", help="What is kept: all, mrz (the zone alone, quicker), or items by name.")
]
OnlyOption = Annotated[Only, typer.Option(help="Write only rows a person should look at, or only those that failed.")]
ErrorsOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the rows that failed here, too (JSONL).")
]
RetryOption = Annotated[bool, typer.Option("--retry-failed", help="Read again what failed in an earlier run.")]
ShardOption = Annotated[str, typer.Option(metavar="K/N", help="Read the K-th of N shares only, for N machines.")]
DeadlineOption = Annotated[float, typer.Option(min=1, max=600, help="Seconds a picture may take.")]
AnnotateOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Save each picture with what was read drawn on it.")
]
CropsOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Save each item, the portrait and the zone cut out.")
]
RayOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Read on a Ray cluster: its address, auto, or here to begin one."),
]


def chosen_items(items: str) -> tuple[Scope, tuple[Item, ...]]:
    """What is read, and which items are kept of it.

    Raises:
        typer.BadParameter: there is no such item.
    """
    if items in ("all", "mrz"):
        return ("mrz" if items == "mrz" else "all"), tuple(i for i in Item if items == "all" or i in MRZ_ITEMS)
    try:
        named = {Item(name.strip()) for name in items.split(",")}
    except ValueError:
        names = ", ".join(NAMES.values())
        raise typer.BadParameter(f"choose all, mrz, or among {names}", param_hint="--items") from None
    return "all", tuple(item for item in Item if item in named)


def chosen_share(shard: str) -> Shard:
    """The share that ``K/N`` means.

    Raises:
        typer.BadParameter: it means none.
    """
    try:
        return Shard.parse(shard)
    except ValueError:
        raise typer.BadParameter("write which share of how many, for instance 3/10", param_hint="--shard") from None
