"""Runs a batch on this machine."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import typer

from engine.decode import MAX_BYTES

from ...batch.refused import ResultsRefused
from ...batch.results.outputs import Choice, Outputs
from ...batch.run import Stop, run
from ...batch.sources.count import Count
from ...batch.sources.listed import STDIN
from ...batch.sources.pictures import Picture, pictures
from ...batch.sources.wanted import Wanted
from ...batch.totals import Totals
from ...batch.workers import Workers, cores
from .order import Order
from .progress import BatchProgress


def run_here(order: Order, stop: Stop) -> Totals:
    """Read what is ordered; see `batch.run.run` for what it raises.

    Raises:
        ResultsRefused: the results cannot be gone on with.
        EngineNotOpened: the engine cannot be opened.
    """
    choice = Choice(Path(order.out), order.names, order.errors, order.only, order.folders)
    with _opened(choice, order.retry_failed) as outputs, interrupts(stop):
        wanted = Wanted(outputs.ledger, order.share, choice.files)
        found = pictures(order.sources, wanted, MAX_BYTES)
        count = Count(order.sources, order.share.takes) if order.sources.listed != STDIN else None
        workers = Workers(order.jobs or cores(), order.scope, order.kept, order.deadline, tuple(order.folders))
        failed_before = outputs.ledger.failed
        totals = asyncio.run(_read(found, workers, outputs, wanted, count, stop))
        totals.before, totals.failed_before = wanted.before, failed_before
        return totals


async def _read(
    found: Iterator[Picture], workers: Workers, outputs: Outputs, wanted: Wanted, count: Count | None, stop: Stop
) -> Totals:
    def total() -> int | None:
        return None if count is None or count.total is None else max(count.total - outputs.before, 0)

    with BatchProgress(total) as shown:
        async with workers:
            return await run(found, workers, outputs, wanted.finished, shown, stop)


@contextmanager
def _opened(choice: Choice, retry_failed: bool) -> Iterator[Outputs]:
    try:
        outputs = Outputs(choice, retry_failed=retry_failed)
    except OSError as error:
        raise ResultsRefused(f"{error.filename or choice.out} cannot be opened: {error.strerror}") from None
    with outputs:
        yield outputs


@contextmanager
def interrupts(stop: Stop) -> Iterator[None]:
    """Ctrl-C asks for an orderly end; the second one ends at once."""

    def asked(number: int, frame: FrameType | None) -> None:
        typer.echo("passport-ocr: ending after the pictures under way; Ctrl-C again ends at once", err=True)
        stop.ask()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
