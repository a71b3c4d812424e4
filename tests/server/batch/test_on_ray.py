"""A batch on a Ray cluster of two nodes on this machine, one of which is killed: nothing is lost or there twice."""

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.batch.on_ray import ClusterJob, run_on_ray
from server.batch.read_picture import Part, Reader
from server.batch.refused import SourceRefused
from server.batch.totals import Totals
from tests.server.batch.results.rows import made

pytest.importorskip("ray", reason="Ray is not installed: pip install -e '.[ray]'")
parquet = pytest.importorskip("pyarrow.parquet")

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray warns about itself, and leaves sockets to the collector

NAMES = ("passport_number",)


class CountingReader:
    """Reads anything at once, and notes in a folder which node read what."""

    workers = 1

    def __init__(self, notes: Path) -> None:
        self._notes = notes

    async def __aenter__(self) -> Reader:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    async def read(self, picture: bytes) -> Part:
        import ray

        node = ray.get_runtime_context().get_node_id()
        (self._notes / f"{picture.decode()}-{node}-{os.urandom(4).hex()}").touch()
        part = made("x")
        names = ("page", "mrz_format", "items", "checks", "warnings", "contradictions")
        return Part({key: part[key] for key in names})


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    import ray
    from ray.cluster_utils import Cluster

    cluster = Cluster()
    cluster.add_node(num_cpus=1, object_store_memory=80 * 1024**2, include_dashboard=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.jpg").write_bytes(b"%03d" % number)
    (tmp_path / "notes").mkdir()
    return folder


def rows(out: Path) -> list[str]:
    return sorted(name for part in out.glob("*.parquet") for name in parquet.read_table(part)["file"].to_pylist())


def job(scans: Path) -> ClusterJob:
    reader = functools.partial(CountingReader, scans.parent / "notes")
    return ClusterJob(str(scans.parent / "out.parquet"), NAMES, 1000, reader, part_pictures=5)


def read(scans: Path, cluster: Any, told: Any = lambda totals: None) -> Totals:
    import ray

    try:
        return run_on_ray([str(scans)], lambda name: True, job(scans), told, cluster.address)
    finally:
        ray.shutdown()


def test_a_node_killed_midway_costs_no_picture_and_none_is_there_twice(scans: Path, cluster: Any) -> None:
    second = cluster.add_node(num_cpus=1, object_store_memory=80 * 1024**2)
    cluster.wait_for_nodes()

    def kill_once(totals: Totals) -> None:
        nonlocal second
        if totals.done >= 100 and second is not None:
            cluster.remove_node(second, allow_graceful=False)
            second = None

    totals = read(scans, cluster, kill_once)
    assert second is None
    assert totals.read == 300
    assert rows(scans.parent / "out.parquet") == [str(scans / f"{number:03}.jpg") for number in range(300)]


def test_a_second_run_reads_only_what_is_new(scans: Path, cluster: Any) -> None:
    read(scans, cluster)
    for note in (scans.parent / "notes").iterdir():
        note.unlink()
    (scans / "new.jpg").write_bytes(b"new")
    totals = read(scans, cluster)
    assert (totals.read, totals.before) == (1, 300)
    assert {note.name.partition("-")[0] for note in (scans.parent / "notes").iterdir()} == {"new"}


def test_archives_are_refused_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "in.zip").touch()
    with pytest.raises(SourceRefused, match="unpack"):
        run_on_ray([str(tmp_path)], lambda name: True, job(tmp_path), lambda totals: None, None)
