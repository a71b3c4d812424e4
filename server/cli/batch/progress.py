"""What ``passport-ocr batch`` shows while it works: a bar on a terminal, else a line now and then; all on stderr."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from ...batch.totals import Totals

LINE_SECONDS: Final = 30.0
"""Between lines of progress where no terminal shows a bar."""


class BatchProgress:
    """Shows how far a run is: ``with BatchProgress(total) as shown: shown(totals)``."""

    def __init__(self, total: Callable[[], int | None]) -> None:
        """Prepare; ``total`` says how many pictures this run has, None as long as nobody knows."""
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self._task: TaskID = self._bar.add_task("starting", total=None)
        self._total = total
        self._said = time.monotonic()

    def __enter__(self) -> Self:
        """Begin to show."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Show no more."""
        self._bar.stop()

    def __call__(self, totals: Totals) -> None:
        """Show how a run stands."""
        total = self._total()
        text = standing(totals, total)
        self._bar.update(self._task, completed=totals.done, total=total, description=text)
        if self._bar.disable and time.monotonic() - self._said > LINE_SECONDS:
            self._said = time.monotonic()
            typer.echo(f"passport-ocr: {text}", err=True)


def standing(totals: Totals, total: int | None = None) -> str:
    """How a run stands, in words."""
    of = f" of {total:,}" if total is not None else ""
    return (
        f"{totals.done:,}{of} pictures: {totals.read:,} read, {totals.doubtful:,} of them doubtful, "
        f"{totals.failed:,} failed, {totals.rate:.1f} a second"
    )
