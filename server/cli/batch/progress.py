"""What ``passport-ocr batch`` shows while it works: a bar on a terminal, else a line now and then; all on stderr."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ...batch.totals import Totals

LINE_SECONDS: Final = 30.0
"""Between lines of progress where no terminal shows a bar."""


class BatchProgress:
    """Shows how far a run is: ``with BatchProgress(total) as shown: shown(totals)``."""

    def __init__(self, total: Callable[[], int | None], console: Console | None = None) -> None:
        """Prepare; ``total`` says how many pictures this run has, None as long as nobody knows."""
        console = console or Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(10), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
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
        self._bar.update(self._task, completed=totals.done, total=total, description=_brief(totals, total))
        if self._bar.disable and time.monotonic() - self._said > LINE_SECONDS:
            self._said = time.monotonic()
            typer.echo(f"passport-ocr: {standing(totals, total)}", err=True)


def standing(totals: Totals, total: int | None = None) -> str:
    """How a run stands, in words."""
    pictures = "picture" if totals.done == 1 and total is None else "pictures"
    return (
        f"{totals.done:,}{_of(total)} {pictures}: {totals.read:,} read, {totals.doubtful:,} of them doubtful, "
        f"{totals.failed:,} failed, {totals.rate:.1f} a second"
    )


def _brief(totals: Totals, total: int | None) -> str:
    """The same in so few words that a bar and the time have room beside them in 80 columns."""
    return f"{totals.done:,}{_of(total)}: {totals.doubtful:,} doubtful, {totals.failed:,} failed"


def _of(total: int | None) -> str:
    return f" of {total:,}" if total is not None else ""
