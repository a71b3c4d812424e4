"""The same job on a Ray cluster: names go out, every actor reads with a process of its own, and writes whole parts.

Nothing is local to a machine: pictures and results lie where every node reaches them. What is done is told by the
parts that are there, so a job that ended anyhow goes on, on another cluster too.
"""

import asyncio
import itertools
import logging
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from .file_faults import READ
from .read_picture import AHEAD, Reader, read_picture
from .refused import ResultsRefused, SourceRefused
from .results.ledger import picture_key
from .results.parquet_part import schema, table_of
from .results.parts import Parts
from .results.rows import Row, is_doubtful
from .run import FETCHING
from .sources.archives import is_archive
from .sources.pictures import Picture, paths, pictures
from .sources.remote import is_url, remote_files
from .totals import Totals

PART_PICTURES: Final = 200
"""Pictures of a part: a node that dies loses at most so many reads for each of its cores."""


@dataclass(frozen=True, slots=True)
class ClusterJob:
    """What each actor needs to know; it is pickled."""

    out: str
    names: tuple[str, ...]
    max_bytes: int
    open_reader: Callable[[], AbstractAsyncContextManager[Reader]]
    part_pictures: int = PART_PICTURES


def run_on_ray(
    sources: Iterable[str],
    takes: Callable[[str], bool],
    job: ClusterJob,
    told: Callable[[Totals], None],
    address: str | None,
    *,
    retry_failed: bool = False,
) -> Totals:
    """Read the pictures that ``sources`` mean and that no part holds yet.

    Args:
        sources: paths of files and folders, patterns and URLs that every node can open; no archives.
        takes: whether the picture of a name is in this job's share.
        job: where parts go, and what reads.
        told: is called after each part.
        address: a running cluster's, ``auto`` for the one this machine belongs to; None begins one on this machine.
        retry_failed: whether rows that failed are taken out of the parts first.

    Raises:
        ResultsRefused: Ray or pyarrow is not installed.
        SourceRefused: an archive is among the sources, or a URL cannot be listed.
    """
    ray = _ray()
    schema(job.names)  # without pyarrow nothing is begun
    parts = Parts(job.out)
    if retry_failed:
        parts.keep(lambda code: code == READ.code)
    done = {picture_key(name) for name, _ in parts.rows()}
    totals = Totals(before=len(done))
    work = work_of((name for name in _names(sources) if takes(name)), done, job.part_pictures)
    if work:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a cluster begun here tells nobody about itself
        ray.init(address=address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        _read(ray, work, job, totals, told)
    return totals


def _read(
    ray: Any, work: list[dict[str, Any]], job: ClusterJob, totals: Totals, told: Callable[[Totals], None]
) -> None:
    ray.data.DataContext.get_current().enable_progress_bars = False
    pool = ray.data.ActorPoolStrategy(min_size=1)  # as many as the cluster has or grows to
    rows = ray.data.from_items(work, override_num_blocks=len(work))
    for read in rows.map(ReadPart, fn_constructor_args=(job,), compute=pool, num_cpus=1).iter_rows():
        totals.add(read["read"], read["doubtful"], read["failed"])
        told(totals)


class ReadPart:
    """An actor: it opens its reader once, and makes a part of each list of pictures."""

    def __init__(self, job: ClusterJob) -> None:
        self._job = job
        self._parts = Parts(job.out)
        self._loop = asyncio.new_event_loop()
        self._reader = self._loop.run_until_complete(job.open_reader().__aenter__())

    def __call__(self, work: dict[str, Any]) -> dict[str, int]:
        """Read the pictures, write the part, and count. A part that is there was written before a node died."""
        names = [str(name) for name in work["pictures"]]
        name = blake2b("\0".join(names).encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
        codes = self._parts.codes(name)
        if codes is not None:
            return _count(codes, 0)
        rows = self._loop.run_until_complete(self._rows(names))
        self._parts.put(name, table_of(rows, self._job.names))
        return _count([row["code"] for row in rows], sum(map(is_doubtful, rows)))

    async def _rows(self, names: Collection[str]) -> list[Row]:
        reading = asyncio.Semaphore(self._reader.workers + AHEAD)
        hands = asyncio.Semaphore(self._reader.workers + AHEAD + FETCHING)

        async def row(picture: Picture) -> Row:
            async with hands:
                return (await read_picture(picture, self._reader, reading)).row

        found = pictures(names, lambda name: True, self._job.max_bytes)
        return await asyncio.gather(*map(row, found))


def _count(codes: list[int], doubtful: int) -> dict[str, int]:
    counted = Counter(code == READ.code for code in codes)
    return {"read": counted[True], "doubtful": doubtful, "failed": counted[False]}


def _names(sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        if is_url(source):
            yield from (name for name, _ in remote_files(source, 0))
            continue
        for path in paths(source):
            if is_archive(path):
                raise SourceRefused(f"{path}: nodes of a cluster open single files: unpack archives first")
            yield str(Path(path).absolute())


def work_of(names: Iterable[str], done: set[bytes], size: int) -> list[dict[str, list[str]]]:
    """What actors are given, a part of at most ``size`` pictures each; ``done`` are the keys of those left out.

    The driver holds all of it, and ``done`` takes up every name: its memory grows with the number of pictures.
    """
    wanted = _new(names, done)
    return [{"pictures": batch} for batch in iter(lambda: list(itertools.islice(wanted, size)), [])]


def _new(names: Iterable[str], known: set[bytes]) -> Iterator[str]:
    """Those whose keys are not known, each once."""
    for name in names:
        key = picture_key(name)
        if key not in known:
            known.add(key)
            yield name


def _ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError:
        raise ResultsRefused(
            'Ray runs the cluster, and is not there; install it on every node: pip install "passport-ocr[ray]"'
        ) from None
    return ray
