"""What ``passport-ocr batch`` is worth, on freshly drawn pictures; each command measures one thing.

``python -m benchmarks.batch long`` reads 20,000 pictures in one go, then again with three kills at random moments:
the rows must be the same, and memory flat. ``throughput`` sets it beside the bare library, ``dying`` kills a worker
every 500 pictures, ``ray`` reads on a cluster of this machine, ``scaling`` with one core and with all. ``--out FILE``
keeps the result there under the command's name. A row that is missing, there twice or different ends a command with
status 1.
"""

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import psutil
import typer

from benchmarks.batches.on_ray import compare_with_ray, driver_memory, rate_on_ray
from benchmarks.batches.pictures import make_pictures
from benchmarks.batches.watched import (
    LOOK_SECONDS,
    Lines,
    Rows,
    Watched,
    begin,
    differences,
    growth,
    rows_of,
    run_batch,
)
from engine.measure.provenance import provenance
from engine.measure.results import Result, load_result, save_json

KILLS: Final = 3
DYING_EVERY: Final = 500
CORES: Final = len(os.sched_getaffinity(0))
BARE: Final = """
import pathlib, sys
from engine import Engine
from engine.errors import PassportError
engine = Engine()
for path in pathlib.Path(sys.argv[1]).iterdir():
    try:
        engine.recognize(path, items=sys.argv[2])
    except PassportError:
        pass
"""
"""The bare library: the same pictures, one after another, nothing written."""

app = typer.Typer(help=__doc__, no_args_is_help=True)
PicturesOption = Annotated[int, typer.Option(min=10, help="How many pictures are read.")]
DrawnOption = Annotated[int, typer.Option(min=5, help="How many different pages there are among them.")]
ItemsOption = Annotated[str, typer.Option(help="What is read: all, or mrz on small scans, which is much quicker.")]
JobsOption = Annotated[int, typer.Option(min=1, help="Processes that read.")]
RoundsOption = Annotated[int, typer.Option(min=1, help="Rounds of one and the other in turn.")]
SeedOption = Annotated[int, typer.Option(help="Of the drawings and of the kills.")]
OutOption = Annotated[Path | None, typer.Option(help="Keep the result in this JSON file.")]


@app.command()
def long(
    pictures: PicturesOption = 20_000,
    drawn: DrawnOption = 400,
    items: ItemsOption = "mrz",
    jobs: JobsOption = CORES,
    seed: SeedOption = 15,
    out: OutOption = None,
) -> None:
    """Many pictures: memory, and the same rows after kills at random moments."""
    with _pictures(pictures, drawn, seed, cheap=items == "mrz") as folder:
        options = ("--jobs", str(jobs), "--items", items)
        whole = run_batch(folder, *options)
        result: Result = {"pictures": pictures, "drawn": drawn, "items": items, "jobs": jobs, "seed": seed}
        result |= {"pictures_a_second": round(pictures / whole.seconds, 2)} | _memory(whole)
        broken, kills = _broken(folder, options, random.Random(seed))
        result |= {"kills": kills, "codes": dict(Counter(str(code) for code, _ in whole.rows.values()))}
        result |= {"differences": differences(whole.rows, broken)}
        result |= {"equal": broken == whole.rows and len(whole.rows) == pictures}
    _end(result, "long" if items == "mrz" else "long_all_items", out)


@app.command()
def throughput(
    pictures: PicturesOption = 200, rounds: RoundsOption = 3, seed: SeedOption = 15, out: OutOption = None
) -> None:
    """Pictures a second beside the bare library, without what either takes to start; and on all cores."""
    bare, one, more = [], [], []
    with _pictures(pictures, pictures, seed, cheap=False) as folder:
        empty = folder.with_name("empty")
        empty.mkdir()
        for _ in range(rounds):
            bare.append(_bare(folder) - _bare(empty))
            one.append(_seconds(folder, 1) - _seconds(empty, 1))
            more.append(_seconds(folder, CORES) - _seconds(empty, CORES))
    result: Result = {
        "pictures": pictures,
        "rounds": rounds,
        "seed": seed,
        "of_bare_library": _ratio(bare, one),
        "processes": CORES,
        "times_one_process": _ratio(one, more),
        "pictures_a_second": round(pictures / statistics.median(more), 2),
    }
    _end(result, "throughput", out)


@app.command()
def dying(
    pictures: PicturesOption = 3_000,
    drawn: DrawnOption = 100,
    items: ItemsOption = "all",
    jobs: JobsOption = 1,
    every: Annotated[int, typer.Option(min=10, help="Pictures between two kills.")] = DYING_EVERY,
    seed: SeedOption = 15,
    out: OutOption = None,
) -> None:
    """A worker killed now and then, beside the same run with none killed: both at once, on the same cores."""
    killer = _Killer(every)
    with _pictures(pictures, drawn, seed, cheap=True) as folder, ThreadPoolExecutor() as both:
        options = ("--jobs", str(jobs), "--items", items)
        disturbed_run = both.submit(run_batch, folder, *options, event=killer)
        undisturbed = both.submit(run_batch, folder, *options).result()
        disturbed = disturbed_run.result()
    result: Result = {"pictures": pictures, "items": items, "jobs": jobs, "seed": seed, "every": every}
    result |= {
        "kills": killer.kills,
        "cost": round(disturbed.seconds / undisturbed.seconds - 1, 3),
        "cost_in_processor_time": round(disturbed.cpu / undisturbed.cpu - 1, 3),
        "processor_seconds": round(undisturbed.cpu, 1),
        "processor_seconds_a_kill": round((disturbed.cpu - undisturbed.cpu) / max(killer.kills, 1), 2),
        "differences": differences(undisturbed.rows, disturbed.rows),
        "equal": disturbed.rows == undisturbed.rows and len(undisturbed.rows) == pictures,
    }
    _end(result, "dying_workers", out)


@app.command()
def ray(
    pictures: PicturesOption = 2_000,
    drawn: DrawnOption = 100,
    cores: Annotated[int, typer.Option(min=1, help="Of the cluster, and processes without it.")] = 1,
    seed: SeedOption = 15,
    out: OutOption = None,
) -> None:
    """A Ray cluster of this machine beside the same number of processes without it. Multiples of 200 pictures."""
    with _pictures(pictures, drawn, seed, cheap=True) as folder:
        result: Result = {"pictures": pictures, "seed": seed} | compare_with_ray(folder, cores=cores)
    _end(result, "ray" if cores == 1 else f"ray_{cores}", out)


@app.command()
def scaling(
    pictures: PicturesOption = 2_000, drawn: DrawnOption = 100, seed: SeedOption = 15, out: OutOption = None
) -> None:
    """What each core adds to a Ray cluster of this machine, with nothing beside it. Multiples of 200 pictures."""
    with _pictures(pictures, drawn, seed, cheap=True) as folder:
        rates = {cores: rate_on_ray(folder, cores=cores) for cores in range(1, CORES + 1)}
    result: Result = {"pictures": pictures, "seed": seed}
    result |= {"pictures_a_second": {str(cores): round(rate, 2) for cores, rate in rates.items()}}
    result |= {"times_one_core": round(rates[CORES] / rates[1], 3), "cores": CORES}
    _end(result, "ray_scaling", out)


@app.command()
def driver(pictures: PicturesOption = 1_000_000, out: OutOption = None) -> None:
    """What the machine that sends names to a cluster needs; no picture is read."""
    _end({"pictures": pictures} | driver_memory(pictures), "driver", out)


@contextmanager
def _pictures(count: int, drawn: int, seed: int, *, cheap: bool) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "pictures"
        make_pictures(folder, count=count, drawn=drawn, seed=seed, cheap=cheap)
        yield folder


def _bare(folder: Path) -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", BARE, str(folder), "all"], check=True)
    return time.monotonic() - began


def _seconds(folder: Path, jobs: int) -> float:
    return run_batch(folder, "--jobs", str(jobs)).seconds


def _ratio(some: list[float], others: list[float]) -> float:
    """How many times the others' are the first ones', in the median of the rounds."""
    return round(statistics.median(one / other for one, other in zip(some, others, strict=True)), 3)


def _memory(whole: Watched) -> dict[str, float]:
    return {
        "parent_mb": round(max(whole.parent), 1),
        "parent_growth": round(growth(whole.parent), 3),
        "workers_mb": round(max(whole.workers), 1),
        "workers_growth": round(growth(whole.workers), 3),
    }


def _broken(folder: Path, options: tuple[str, ...], chance: random.Random) -> tuple[Rows, list[dict[str, Any]]]:
    """A batch killed several times, alone or with all its processes, and gone on with; and what each kill was."""
    count = sum(1 for _ in folder.iterdir())
    kills = []
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "rows.jsonl"
        for wanted in sorted(chance.randrange(1, count) for _ in range(KILLS)):
            process = begin(folder, out, *options)
            lines, began = Lines(out), time.monotonic()
            there = lines.count()
            while lines.count() == there and process.poll() is None:
                time.sleep(0.01)
            first = time.monotonic() - began
            while lines.count() < wanted and process.poll() is None:
                time.sleep(LOOK_SECONDS * chance.random())
            whole_group = chance.random() < 0.5
            (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
            kill = {"rows_before": there, "seconds_to_the_first_new_row": round(first, 2), "killed_at": lines.count()}
            kills.append(kill | {"killed": "all processes" if whole_group else "the parent"})
        begin(folder, out, *options).wait()
        return rows_of(out), kills


class _Killer:
    """Kills a worker every so many rows."""

    def __init__(self, every: int) -> None:
        self._every = every
        self.kills = 0

    def __call__(self, process: psutil.Process, rows: int) -> None:
        workers = process.children()
        if rows >= self._every * (self.kills + 1) and workers:
            workers[0].kill()
            self.kills += 1


def _end(result: Result, name: str, out: Path | None) -> None:
    result = provenance() | result
    typer.echo(json.dumps(result, indent=1))
    if out:
        save_json((load_result(out) if out.exists() else {}) | {name: result}, out)
    if not result.get("equal", True):
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
