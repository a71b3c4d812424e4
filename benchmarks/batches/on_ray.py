"""A batch on a Ray cluster of this machine beside the same batch without it."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.batches.watched import run_batch
from engine.measure.results import Result

FEW: Final = 10
"""Pictures of the run that tells what starting costs."""
STORE_BYTES: Final = 100 * 1024**2
"""Of a node's object store: names and counts are all that goes through it."""


def compare_with_ray(folder: Path, *, rounds: int, cores: int) -> Result:
    """Read the pictures of ``folder`` without Ray, on ``cores`` cores of a cluster and on one, in turn.

    What each takes to start, told by a run of a few pictures, is left out.
    """
    here, there, alone = [], [], []
    few = _few(folder)
    for _ in range(rounds):
        here.append(_here(folder, cores) - _here(few, cores))
        with _cluster(cores) as address:
            there.append(_there(folder, address) - _there(few, address))
        with _cluster(1) as address:
            alone.append(_there(folder, address) - _there(few, address))
    ratio = [without / with_ray for without, with_ray in zip(here, there, strict=True)]
    scaling = [one / all_cores for one, all_cores in zip(alone, there, strict=True)]
    return {
        "cores": cores,
        "of_the_same_cores_without_it": round(statistics.median(ratio), 3),
        "times_one_core": round(statistics.median(scaling), 3),
        "pictures_a_second": round(sum(1 for _ in folder.iterdir()) / statistics.median(there), 2),
    }


def _few(folder: Path) -> Path:
    few = folder.with_name("few")
    few.mkdir()
    for path in sorted(folder.iterdir())[:FEW]:
        (few / path.name).hardlink_to(path)
    return few


def _here(folder: Path, cores: int) -> float:
    return run_batch(folder, "--jobs", str(cores)).seconds


def _there(folder: Path, address: str) -> float:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "rows.parquet"
        command = [sys.executable, "-m", "server.cli", "batch", str(folder), "--out", str(out), "--ray", address]
        began = time.monotonic()
        done = subprocess.run(command, stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8")
        seconds = time.monotonic() - began
        if not list(out.glob("*.parquet")):
            raise SystemExit(f"no part was written: {done.stderr[-2000:]}")
        return seconds


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
