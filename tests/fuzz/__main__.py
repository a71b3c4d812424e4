"""The command ``python -m tests.fuzz``."""

import secrets
import time
from pathlib import Path
from typing import Annotated

import typer

from tests.fuzz.run import Plan, Tally, fuzz


def main(
    cases: Annotated[int, typer.Option(help="How many cases.")] = 20_000,
    minutes: Annotated[float, typer.Option(help="No longer than this.")] = 60.0,
    seed: Annotated[
        int | None, typer.Option(help="The same seed makes the same cases; a new one by default.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where findings are saved.")] = Path("out/fuzz"),
) -> None:
    """Feed decoder, parsers, reader and service what nobody would send; exit status 1 with findings."""
    seed = secrets.randbelow(10**9) if seed is None else seed
    started = last = time.monotonic()

    def show(tally: Tally) -> None:
        nonlocal last
        if time.monotonic() - last > 5:
            last = time.monotonic()
            rate = tally.cases.total() / (last - started)
            typer.echo(f"{tally.cases.total()} of {cases} cases, {rate:.0f} a second, {len(tally.findings)} findings")

    typer.echo(f"seed {seed}")
    tally = fuzz(Plan(seed, cases, started + minutes * 60, out), show)
    for target, count in sorted(tally.cases.items()):
        typer.echo(f"{target:10} {count:8}")
    seconds = time.monotonic() - started
    typer.echo(f"{tally.cases.total()} cases in {seconds:.0f} s, {len(tally.findings)} findings")
    for path in tally.findings:
        typer.echo(f"{path}: {path.with_suffix('.txt').read_text(encoding='utf-8').strip().splitlines()[-1]}")
    raise typer.Exit(1 if tally.findings else 0)


if __name__ == "__main__":
    typer.run(main)
