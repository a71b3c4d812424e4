"""A batch on a Ray cluster of this machine beside the same batch without it, both at once."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

from benchmarks.batches.watched import run_batch
from engine.measure.results import Result

STORE_BYTES: Final = 100 * 1024**2
"""Of a node's object store: names and counts are all that goes through it."""

PART_PICTURES: Final = 200
"""Of a part that a cluster's actor writes."""
DRIVER: Final = """
import json, sys, time
import psutil
from server.batch.on_ray import PART_PICTURES, work_of
process, began = psutil.Process(), time.monotonic()
before = process.memory_info().rss
names = (f"s3://archive/scans/2024/08/{number:033}" for number in range(int(sys.argv[1])))
work = work_of(names, set(), PART_PICTURES)
held = process.memory_info().rss - before
print(json.dumps({"parts": len(work), "mb": round(held / 1024**2, 1), "seconds": round(time.monotonic() - began, 2)}))
"""
"""What the driver does before Ray begins, in a process of its own: benchmarks see the product from outside."""


def compare_with_ray(folder: Path, *, cores: int) -> Result:
    """Read the pictures of ``folder`` on a cluster of so many cores and, at the same time, in as many processes.

    Both compete for the same cores. Counted is the time in which both read: from the first part (200 pictures) that
    each core of the cluster wrote to the last one before either ended. What they take to start is left out.

    Raises:
        SystemExit: that is no whole part.
    """
    clock = _Clock()
    with _cluster(cores) as address, ThreadPoolExecutor() as both:
        there = both.submit(_there, folder, address)
        run_batch(folder, "--jobs", str(cores), event=clock)
        written = [moment for moment in there.result()[cores - 1 :] if moment <= clock.end]
    on_ray = parts_a_second(written) * PART_PICTURES
    seconds = written[-1] - written[0]
    here = clock.rows_between(written[0], written[-1]) / seconds
    return {
        "cores": cores,
        "seconds": round(seconds, 1),
        "pictures_a_second_on_ray": round(on_ray, 2),
        "pictures_a_second_without": round(here, 2),
        "of_the_same_cores_without_it": round(on_ray / here, 3),
    }


def rate_on_ray(folder: Path, *, cores: int) -> float:
    """Pictures a second that a cluster of so many cores reads with nothing beside it; its start is left out.

    Counted is from the first part that each core wrote to the last part.

    Raises:
        SystemExit: there are too few parts to tell.
    """
    with _cluster(cores) as address:
        written = _there(folder, address)[cores - 1 :]
    return parts_a_second(written) * PART_PICTURES


def driver_memory(pictures: int) -> Result:
    """What the driver holds for so many pictures with names of 60 characters: MB, and seconds to put it together."""
    done = subprocess.run([sys.executable, "-c", DRIVER, str(pictures)], stdout=subprocess.PIPE, check=True)
    result: Result = json.loads(done.stdout)
    return result


class _Clock:
    """Notes when how many rows were there."""

    def __init__(self) -> None:
        self._looks: list[tuple[float, int]] = []

    def __call__(self, process: psutil.Process, rows: int) -> None:
        self._looks.append((time.time(), rows))

    @property
    def end(self) -> float:
        """When it was looked at last."""
        return self._looks[-1][0]

    def rows_between(self, began: float, ended: float) -> int:
        """How many rows came in this time."""
        rows = [rows for moment, rows in self._looks if began <= moment <= ended]
        return rows[-1] - rows[0]


def parts_a_second(written: list[float]) -> float:
    """How many parts were written a second, from the first to the last of those written at these moments."""
    if len(written) < 2:
        raise SystemExit("there are too few parts to tell a rate: read more pictures")
    return (len(written) - 1) / (written[-1] - written[0])


def _there(folder: Path, address: str) -> list[float]:
    """Read on Ray; when each part was written."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "rows.parquet"
        command = [sys.executable, "-m", "server.cli", "batch", str(folder), "--out", str(out), "--ray", address]
        done = subprocess.run(command, stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8")
        written = sorted(part.stat().st_mtime for part in out.glob("*.parquet"))
        if not written:
            raise SystemExit(f"no part was written: {done.stderr[-2000:]}")
        return written


@contextmanager
def _cluster(cores: int) -> Iterator[str]:
    """A cluster of one node that takes so many pictures at a time; its address."""
    from ray.cluster_utils import Cluster

    cluster = Cluster()
    cluster.add_node(num_cpus=cores, object_store_memory=STORE_BYTES, include_dashboard=False)
    try:
        yield cluster.address
    finally:
        cluster.shutdown()
