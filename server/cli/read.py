"""The command ``passport-ocr read``: pictures in, tables or JSON out."""

import functools
import io
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine import Engine

from . import report
from .complaint import complaint
from .find import Found, find_pictures
from .read_files import AnnotationFailed, FileReading, plan, read_files

MANY: Final = 4
"""From so many files on, progress is shown."""
PIPE_COLUMNS: Final = 120
"""Width of tables that no terminal shows: an MRZ line fits without a fold."""


class Format(StrEnum):
    """What ``read`` prints."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


class ReaderChoice(StrEnum):
    """What reads the machine readable zone."""

    AUTO = "auto"
    CTC = "ctc"
    TESSERACT = "tesseract"
    PYTESSERACT = "pytesseract"


class ItemsChoice(StrEnum):
    """What is read of a picture."""

    ALL = "all"
    MRZ = "mrz"


FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Pictures, folders of pictures, or - for the standard input.")
]
FormatOption = Annotated[
    Format,
    typer.Option(help="table for people, json with every detail, jsonl: a line a file, the contract and warnings."),
]
ItemsOption = Annotated[
    ItemsChoice, typer.Option(help="all fifteen, or mrz: the machine readable zone and what follows from it.")
]
AnnotateOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Save each picture with what was read drawn on it.")
]
JobsOption = Annotated[int, typer.Option(min=1, help="Processes that read at the same time.")]
ReaderOption = Annotated[ReaderChoice, typer.Option(help="What reads the machine readable zone.")]


def read(
    files: FilesArgument,
    format: FormatOption = Format.TABLE,
    items: ItemsOption = ItemsChoice.ALL,
    annotate: AnnotateOption = None,
    jobs: JobsOption = 1,
    reader: ReaderOption = ReaderChoice.AUTO,
) -> None:
    """Read passports in pictures. Exit status: 0 all were read, 1 some files were not, 2 wrong usage."""
    found = find_pictures(files)
    _name_others(found)
    if not found.pictures:
        raise typer.BadParameter("there are no pictures in the folders given", param_hint="FILE")
    if annotate is not None:
        _make_folder(annotate)
    planned = plan(found.pictures, annotate, items.value)
    reads = read_files(planned, functools.partial(Engine, reader.value), jobs)
    try:
        all_read = _print(_with_progress(reads, len(planned), format), format)
    except AnnotationFailed as error:
        raise complaint(f"the annotated picture cannot be written: {error}", status=1) from None
    raise typer.Exit(0 if all_read and not found.others else 1)


def _name_others(found: Found) -> None:
    """Say on stderr what of the folders is not read, and why."""
    for path, reason in found.others:
        typer.echo(f"not read: {path}: {reason}", err=True)
    if found.others:
        typer.echo(f"passport-ocr: {len(found.others)} in the folders given cannot be read, named above", err=True)
    if found.annotated:
        typer.echo(
            f"passport-ocr: left alone: {found.annotated} annotated or redacted pictures of an earlier run", err=True
        )


def _print(reads: Iterator[FileReading], format: Format) -> bool:
    """Print each reading as soon as it is there; whether all were read."""
    _write_utf8()
    if format is Format.JSON:
        everything = list(reads)
        typer.echo(report.json_document(everything))
        return all(one.reading for one in everything)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_COLUMNS)
    all_read = True
    for one in reads:
        if format is Format.JSONL:
            typer.echo(report.jsonl_line(one))
        else:
            report.print_table(console, one)
        all_read &= one.reading is not None
    return all_read


def _write_utf8() -> None:
    # JSON is UTF-8 whatever the locale; a file name that is not becomes \udcXX, which is a valid JSON escape.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _with_progress(reads: Iterator[FileReading], count: int, format: Format) -> Iterator[FileReading]:
    """Show progress on stderr, if that is a terminal and the readings themselves do not scroll by there."""
    silent = count < MANY or not sys.stderr.isatty() or (format is not Format.JSON and sys.stdout.isatty())
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=silent) as progress:
        yield from progress.track(reads, total=count)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(f"{folder}: {error.strerror}", param_hint="--annotate") from None
