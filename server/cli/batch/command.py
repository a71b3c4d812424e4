"""The command ``passport-ocr batch``: archives of any size in, rows out, resumable."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typer

from engine.result.drawings import Drawing

from ...batch.refused import ResultsRefused, SourceRefused
from ...batch.results.outputs import STATE
from ...batch.run import Stop
from ...batch.sources.listed import Sources
from ...batch.totals import Totals
from ...batch.workers import EngineNotOpened
from ..complaint import complaint
from .here import run_here
from .on_ray import run_there
from .options import (
    AnnotateOption,
    CropsOption,
    DeadlineOption,
    ErrorsOption,
    FromOption,
    ItemsOption,
    JobsOption,
    Only,
    OnlyOption,
    OutOption,
    RayOption,
    RetryOption,
    ShardOption,
    SourcesArgument,
    chosen_items,
    chosen_share,
)
from .order import Order
from .progress import standing

INTERRUPTED: Final = 130
"""The exit status after Ctrl-C, as shells have it."""
GO_ON: Final = "What is done is kept: the same command goes on"


def batch(
    out: OutOption,
    sources: SourcesArgument = None,
    listed: FromOption = None,
    jobs: JobsOption = None,
    items: ItemsOption = "all",
    only: OnlyOption = Only.ALL,
    errors: ErrorsOption = None,
    retry_failed: RetryOption = False,
    shard: ShardOption = "1/1",
    deadline: DeadlineOption = 30,
    annotate: AnnotateOption = None,
    crops: CropsOption = None,
    ray: RayOption = None,
) -> None:
    """Read any number of pictures. Killed at any moment and started again, it goes on where it was.

    Exit status: 0 all were read, 1 some were not, 2 wrong usage, 3 no engine, 130 ended by Ctrl-C.
    """
    scope, kept = chosen_items(items)
    if not sources and not listed:
        raise typer.BadParameter("name what is to be read, or a list with --from", param_hint="SOURCE")
    given = Sources(tuple(sources or ()), listed)
    share = chosen_share(shard)
    drawn: dict[Drawing, Path | None] = {"annotated": annotate, "crops": crops}
    folders = {kind: folder for kind, folder in drawn.items() if folder}
    order = Order(given, out, scope, kept, only.value, errors, retry_failed, share, deadline, jobs, folders)
    stop = Stop()
    with _complaints(out):
        totals = run_here(order, stop) if ray is None else run_there(order, ray)
    _sum_up(totals, stop)
    raise typer.Exit(INTERRUPTED if stop.asked else int(totals.failed + totals.failed_before > 0))


@contextmanager
def _complaints(out: str) -> Iterator[None]:
    """Whatever ends a run is said in a sentence; what is done stays."""
    try:
        yield
    except ResultsRefused as error:
        raise complaint(str(error), status=2) from None
    except SourceRefused as error:
        raise complaint(f"{error}. {GO_ON}", status=2) from None
    except EngineNotOpened as error:
        raise complaint(str(error), status=3) from None
    except sqlite3.Error as error:
        raise complaint(f"{out}{STATE}: {error}. {GO_ON}", status=1) from None
    except OSError as error:
        raise complaint(f"{error.filename or out}: {error.strerror}. {GO_ON}", status=1) from None
    except KeyboardInterrupt:
        raise complaint(f"ended early. {GO_ON}", status=INTERRUPTED) from None


def _sum_up(totals: Totals, stop: Stop) -> None:
    failed = f", {totals.failed_before:,} of them failed" if totals.failed_before else ""
    earlier = f"; {totals.before:,} were done before{failed}" if totals.before else ""
    typer.echo(f"passport-ocr: {standing(totals)}{earlier}", err=True)
    if stop.asked:
        typer.echo(f"passport-ocr: ended early. {GO_ON}", err=True)
    elif totals.failed + totals.failed_before:
        typer.echo("passport-ocr: --retry-failed reads again what failed, --errors FILE lists it", err=True)
