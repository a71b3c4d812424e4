"""How much the service bears: ``python -m benchmarks.load`` (``make load``), on loopback, for a bounded time.

First the bare library and the service read the same pictures in turns on the same cores, as fast as they can; then
the service gets 1, 2 and 10 times the requests it can answer. CPU seconds a picture say what the service costs on a
machine that others use as well; they are counted over all processes of the service, not over the load tool.
"""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from benchmarks.measure.conclude import conclude
from benchmarks.service.service import Service, running_service
from benchmarks.service.traffic import Traffic
from benchmarks.service.visits import Visit, summarise_visits, wants_portrait
from engine import Engine
from engine.measure.provenance import provenance
from engine.measure.results import Result

SHIPPED: Final = Path(__file__).parent.parent / "tests" / "images"
NAMES: Final = ("chn_1997_specimen", "chn_2012_specimen", "contract_sample", "uto_photo_rotated90")
PICTURES: Final = tuple(SHIPPED / f"{name}.jpg" for name in NAMES)
MULTIPLES: Final = (1, 2, 10)
READ_SECONDS: Final = 10.0
"""The service's deadline for a read in this run, which is its default."""
USERS_AT_MOST: Final = 200
RATIO_AT_LEAST: Final = 0.92
"""What the service should read of what the bare library reads."""


def main(
    seconds: Annotated[float, typer.Option(min=2, help="Length of each round.")] = 20,
    rounds: Annotated[int, typer.Option(min=1, help="Turns of library and service.")] = 3,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Compare the service with the library, then overload it."""
    cores = os.cpu_count() or 1
    environment = os.environ | {"PASSPORT_OCR_WORKERS": str(cores), "PASSPORT_OCR_READ_SECONDS": str(READ_SECONDS)}
    with running_service(environment) as service, Library(cores) as library:
        traffic = Traffic(service.address, PICTURES)
        traffic.send(users=cores, seconds=2)  # until it is ready, and warm
        throughput = compare_throughput(library, service, traffic, seconds=seconds, rounds=rounds, cores=cores)
        capacity = throughput["service"]["pictures_per_second"]
        loads = {f"{k}x": overload(traffic, k * capacity, seconds) for k in MULTIPLES}
        status = service.exit_status()
    result: Result = {
        **provenance(),
        "workers": cores,
        "read_seconds": READ_SECONDS,
        "throughput": throughput,
        "loads": loads,
        "exit_status": status,
    }
    conclude(result, out, report, judge)


def compare_throughput(
    library: "Library", service: Service, traffic: Traffic, *, seconds: float, rounds: int, cores: int
) -> dict[str, Any]:
    """Pictures a second and CPU milliseconds a picture of both, in turns."""
    bare: list[Round] = []
    served: list[Round] = []
    for _ in range(rounds):
        bare.append(library.read_for(seconds))
        served.append(serve_for(service, traffic, seconds, users=2 * cores))
    one, other = _total(bare), _total(served)
    return {
        "library": one,
        "service": other,
        "ratio": round(other["pictures_per_second"] / one["pictures_per_second"], 3),
        "cpu_ratio": round(one["cpu_ms"] / other["cpu_ms"], 3),
    }


Round = tuple[int, float, float]
"""Pictures read, wall seconds, CPU seconds."""


def serve_for(service: Service, traffic: Traffic, seconds: float, *, users: int) -> Round:
    """A round of the service, kept busy; counted from its first answer on."""
    before = service.usage().cpu
    visits = traffic.send(users=users, seconds=seconds)
    cpu = service.usage().cpu - before
    if any(visit.status != 200 or not visit.right for visit in visits):
        raise RuntimeError(f"not every picture was read: {summarise_visits(visits)}")
    ends = sorted(visit.at for visit in visits)
    return len(visits), (ends[-1] - ends[0]) * len(ends) / (len(ends) - 1), cpu


def overload(traffic: Traffic, rate: float, seconds: float) -> dict[str, Any]:
    """Send ``rate`` requests a second, whatever becomes of them."""
    users = min(USERS_AT_MOST, max(8, round(4 * rate)))
    visits: list[Visit] = traffic.send(users=users, seconds=seconds, rate=rate)
    return {"wanted_per_second": round(rate, 2), "users": users, **summarise_visits(visits)}


def judge(result: Result) -> list[str]:
    """What of the targets was missed."""
    complaints = []
    if result["throughput"]["ratio"] < RATIO_AT_LEAST:
        complaints.append(f"the service reads less than {RATIO_AT_LEAST:.0%} of what the library reads")
    for name, load in result["loads"].items():
        if load["unanswered"] or load["wrong"] or set(load["statuses"]) - {"200", "503"}:
            complaints.append(f"{name}: not every request got its answer or a 503")
        if not load["ms_of_200"]:
            complaints.append(f"{name}: no picture was read")
        elif load["ms_of_200"]["p99"] > 2000 * result["read_seconds"]:
            complaints.append(f"{name}: p99 above twice the deadline")
    if result["exit_status"]:
        complaints.append("the service did not end with status 0")
    return complaints


def report(result: Result) -> str:
    """A few lines for people."""
    throughput = result["throughput"]
    lines = [
        f"{name}: {throughput[name]['pictures_per_second']} pictures/s, {throughput[name]['cpu_ms']} CPU ms each"
        for name in ("library", "service")
    ]
    lines.append(f"service / library: {throughput['ratio']:.1%} in pictures/s, {throughput['cpu_ratio']:.1%} in CPU")
    for name, load in result["loads"].items():
        spread = ", ".join(f"{p} {ms}" for p, ms in load["ms_of_200"].items())
        lines.append(f"{name} ({load['wanted_per_second']}/s): {load['statuses']}, ms of 200s: {spread}")
    return "\n".join(lines)


class Library:
    """The bare engine in as many processes as there are cores."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._executor = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_open)

    def read_for(self, seconds: float) -> Round:
        """A round: every process reads for so long."""
        list(self._executor.map(_read_for, [0.5] * self._processes))  # start them, warm them
        rounds = list(self._executor.map(_read_for, [seconds] * self._processes))
        pictures = sum(count for count, _, _ in rounds)
        rate = sum(count / wall for count, wall, _ in rounds)
        return pictures, pictures / rate, sum(cpu for _, _, cpu in rounds)

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown()


_engine: Engine
_pictures: Sequence[bytes]


def _open() -> None:
    global _engine, _pictures
    _engine = Engine()
    _pictures = [path.read_bytes() for path in PICTURES]


def _read_for(seconds: float) -> Round:
    started, cpu, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - started < seconds or count % len(_pictures):
        picture = _pictures[count % len(_pictures)]
        reading = _engine.recognize(picture)
        if wants_portrait(count, len(_pictures)) and (portrait := reading.portrait(picture)):
            portrait.to_jpeg()  # the service is asked for it as often
        count += 1
    return count, time.perf_counter() - started, time.process_time() - cpu


def _total(rounds: Sequence[Round]) -> dict[str, Any]:
    pictures, wall, cpu = (sum(column) for column in zip(*rounds, strict=True))
    return {
        "pictures": pictures,
        "pictures_per_second": round(pictures / wall, 3),
        "cpu_ms": round(1000 * cpu / pictures, 1),
        "rounds": [round(count / seconds, 2) for count, seconds, _ in rounds],
    }


if __name__ == "__main__":
    typer.run(main)
