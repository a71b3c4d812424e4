"""How a benchmark with targets ends: it says what was found, keeps it, and fails where a target was missed."""

from collections.abc import Callable
from pathlib import Path

import typer

from engine.measure.results import Result, save_json


def conclude(
    result: Result, out: Path | None, report: Callable[[Result], str], judge: Callable[[Result], list[str]]
) -> None:
    """Print the ``report``, write ``result`` to ``out`` if it is given, and print what ``judge`` complains of.

    Raises:
        typer.Exit: it complains; the status is 1.
    """
    typer.echo(report(result))
    if out:
        save_json(result, out)
    if complaints := judge(result):
        typer.echo("\n".join(complaints), err=True)
        raise typer.Exit(1)
