"""What ``passport-ocr batch`` is worth: ``python -m benchmarks.batch``, on freshly drawn pictures.

Its throughput beside the bare library's, in turn; memory over a long run; the same rows after three kills at random
moments; what dying workers cost; Ray beside the same cores without it. A row that is missing, that is there twice or
that differs ends the run with status 1.
"""

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final

import psutil
import typer

from benchmarks.measure.generated import draw_pictures
from engine.measure.provenance import provenance
from engine.measure.results import Result, save_json

SEED: Final = 15
KILLS: Final = 3
DYING_EVERY: Final = 500
LOOK_SECONDS: Final = 0.5
Event = Callable[[psutil.Process], None]
"""What happens at a look at the batch's process."""
CORES: Final = len(os.sched_getaffinity(0))
BARE: Final = """
import pathlib, sys
from engine import Engine
from engine.errors import PassportError
engine = Engine()
for path in pathlib.Path(sys.argv[1]).iterdir():
    try:
        engine.recognize(path)
    except PassportError:
        pass
"""
"""The bare library: the same pictures, one after another, nothing written."""


@dataclass
class Watched:
    """A batch that ran: its rows by file, how long it took, and what it used while it read, in MB."""

    rows: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    parent: list[float] = field(default_factory=list)
    workers: list[float] = field(default_factory=list)


class Watch(threading.Thread):
    """Looks at a batch now and then, and lets something happen at each look: a kill, say."""

    def __init__(self, process: "subprocess.Popen[bytes]", watched: Watched, event: Event) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(process.pid)
        self._watched = watched
        self._event = event

    def run(self) -> None:
        """Watch until the batch has ended."""
        while True:
            try:
                self._watched.parent.append(_mb(self._process))
                self._watched.workers.append(sum(map(_mb, self._process.children(recursive=True))))
                self._event(self._process)
            except psutil.NoSuchProcess:
                return
            time.sleep(LOOK_SECONDS)


def main(
    pictures: Annotated[int, typer.Option(min=10, help="How many pictures the long runs read.")] = 20_000,
    drawn: Annotated[int, typer.Option(min=5, help="How many different ones there are among them.")] = 100,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of batch and bare library in turn.")] = 3,
    ray: Annotated[bool, typer.Option(help="Also read on a Ray cluster of this machine.")] = False,
    seed: Annotated[int, typer.Option(help="Of the drawings and of the kills.")] = SEED,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Measure batches."""
    with tempfile.TemporaryDirectory() as scratch:
        few, many = Path(scratch) / "few", Path(scratch) / "many"
        draw_pictures(few, count=drawn, seed=seed)
        for path in few.glob("*.json*"):
            path.unlink()  # their truth
        _repeat(few, many, pictures)
        result: Result = provenance() | {"pictures": pictures, "drawn": drawn, "seed": seed}
        result["throughput"] = _throughput(few, rounds)
        whole = _batch(many)
        result["whole"] = {"pictures_a_second": round(pictures / whole.seconds, 2)} | _memory(whole)
        broken, at = _broken(many, random.Random(seed))
        result["killed"] = {"after_rows": at, "equal": broken == whole.rows}
        dying = _batch(many, event=_Killer(every=DYING_EVERY, a_second=pictures / whole.seconds))
        result["dying_workers"] = {
            "every": DYING_EVERY,
            "cost": round(dying.seconds / whole.seconds - 1, 3),
            "equal": dying.rows == whole.rows,
        }
        if ray:
            result["ray_against_here"] = round(whole.seconds / _on_ray(many), 3)
    typer.echo(json.dumps(result, indent=1))
    if out:
        save_json(result, out)
    if not (result["killed"]["equal"] and result["dying_workers"]["equal"]):
        raise typer.Exit(1)


def _repeat(few: Path, many: Path, count: int) -> None:
    """Give the pictures many names: links, a picture each."""
    many.mkdir()
    drawn = sorted(few.iterdir())
    for number in range(count):
        picture = drawn[number % len(drawn)]
        os.link(picture, many / f"{number:06}{picture.suffix}")


def _throughput(few: Path, rounds: int) -> dict[str, float]:
    """Batch with one process beside the bare library, in turn, without what either takes to start."""
    empty = few.with_name("empty")
    empty.mkdir()
    ratios = []
    for _ in range(rounds):
        bare = _bare(few) - _bare(empty)
        batch = _batch(few, jobs=1).seconds - _batch(empty, jobs=1).seconds
        ratios.append(bare / batch)
    return {"of_bare_library": round(statistics.median(ratios), 3), "rounds": rounds}


def _bare(folder: Path) -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", BARE, str(folder)], check=True)
    return time.monotonic() - began


def _command(folder: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "server.cli", "batch", str(folder), "--out", str(out), *more]


def _batch(folder: Path, jobs: int = CORES, event: Event = lambda process: None) -> Watched:
    """Run a whole batch."""
    watched = Watched()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "rows.jsonl"
        began = time.monotonic()
        process = subprocess.Popen(_command(folder, out, "--jobs", str(jobs)), stderr=subprocess.DEVNULL)
        watch = Watch(process, watched, event)
        watch.start()
        process.wait()
        watched.seconds = time.monotonic() - began
        watch.join()
        watched.rows = _rows(out)
    return watched


def _rows(out: Path) -> dict[str, Any]:
    """The rows by file, without the seconds; a file with two rows is an error."""
    rows: dict[str, Any] = {}
    with out.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["file"] in rows:
                raise SystemExit(f"{row['file']} is there twice")
            rows[row["file"]] = {name: value for name, value in row.items() if name != "seconds"}
    return rows


def _memory(whole: Watched) -> dict[str, float]:
    """Memory once warm, and at the end."""
    looks = len(whole.parent)
    early, late = slice(looks // 10, looks // 10 * 3 + 1), slice(looks // 10 * 8, looks)
    return {
        "parent_mb": round(max(whole.parent), 1),
        "parent_growth": round(_growth(whole.parent, early, late), 3),
        "workers_mb": round(max(whole.workers), 1),
        "workers_growth": round(_growth(whole.workers, early, late), 3),
    }


def _growth(looks: list[float], early: slice, late: slice) -> float:
    return statistics.median(looks[late]) / statistics.median(looks[early]) - 1


def _broken(many: Path, chance: random.Random) -> tuple[dict[str, Any], list[int]]:
    """A batch killed with all its processes, several times, and gone on with."""
    count = sum(1 for _ in many.iterdir())
    at = sorted(chance.randrange(1, count) for _ in range(KILLS))
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "rows.jsonl"
        for rows in at:
            process = subprocess.Popen(_command(many, out), stderr=subprocess.DEVNULL, start_new_session=True)
            while _lines(out) < rows and process.poll() is None:
                time.sleep(LOOK_SECONDS * chance.random())
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        subprocess.run(_command(many, out), stderr=subprocess.DEVNULL, check=False)
        return _rows(out), at


def _lines(out: Path) -> int:
    if not out.exists():
        return 0
    with out.open("rb") as file:
        return sum(1 for _ in file)


class _Killer:
    """Kills a worker every so many pictures, by the clock."""

    def __init__(self, every: int, a_second: float) -> None:
        self._seconds = every / a_second
        self._due = time.monotonic() + self._seconds

    def __call__(self, process: psutil.Process) -> None:
        workers = process.children()
        if time.monotonic() >= self._due and workers:
            workers[0].kill()
            self._due += self._seconds


def _on_ray(many: Path) -> float:
    """Seconds on a cluster of this machine's cores; starting it counts, as starting processes does."""
    with tempfile.TemporaryDirectory() as scratch:
        began = time.monotonic()
        command = _command(many, Path(scratch) / "rows.parquet", "--ray", "here")
        subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
        return time.monotonic() - began


def _mb(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1024**2


if __name__ == "__main__":
    typer.run(main)
