"""Whether the service stays itself: ``python -m benchmarks.soak`` (``make soak MINUTES=20``), on loopback.

Pictures and junk in turn, for a while, two workers killed meanwhile, attackers beside them all the time. Every answer
must belong to its picture and none may be missing; memory and file handles must not grow.
"""

import os
import statistics
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Final

import psutil
import typer

from benchmarks.load import PICTURES
from benchmarks.measure.conclude import conclude
from benchmarks.service.attackers import attacking
from benchmarks.service.service import Service, Usage, running_service
from benchmarks.service.traffic import Traffic
from benchmarks.service.visits import Visit, summarise_visits
from engine.measure.provenance import provenance
from engine.measure.results import Result

KILL_AT: Final = (0.3, 0.4)
"""When a worker is killed, as shares of the time."""
EARLY: Final = (0.1, 0.3)
LATE: Final = (0.8, 1.0)
"""The shares of the time whose memory is compared: once warm, and at the end."""
GROWTH_AT_MOST: Final = 0.05
EVERY_SECONDS: Final = 1.0
SETTLE_SECONDS: Final = 60.0
"""A handle that is open so long after the last request is left open."""
MEANWHILE: Final = ("slow_uploads", "idle_connections", "unread_answers", "broken_requests")
"""Attacks that go on beside it; the others would leave the pictures no time, as nobody signs here."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the service used at a share of the time."""

    share: float
    usage: Usage


class Watch(threading.Thread):
    """Looks at the service now and then, and kills workers when their time has come."""

    def __init__(self, service: Service, seconds: float) -> None:
        super().__init__()
        self.looks: list[Look] = []
        self.killed: list[float] = []
        self._service = service
        self._seconds = seconds
        self._over = threading.Event()

    def run(self) -> None:
        """Watch until `finish`."""
        started = time.monotonic()
        due = list(KILL_AT)
        while not self._over.wait(EVERY_SECONDS):
            share = (time.monotonic() - started) / self._seconds
            if due and share >= due[0]:
                self._service.workers()[0].kill()
                self.killed.append(due.pop(0))
            elif len(self._service.workers()) == WORKERS:
                with suppress(psutil.NoSuchProcess):  # one that is replaced at this very moment
                    self.looks.append(Look(share, self._service.usage()))

    def finish(self) -> None:
        """Stop watching."""
        self._over.set()
        self.join()


WORKERS: Final = os.cpu_count() or 1


def main(
    minutes: Annotated[float, typer.Option(min=0.2, help="How long.")] = 20,
    hostile: Annotated[float, typer.Option(min=0, max=1, help="Share of junk among the requests.")] = 0.3,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Send good and hostile requests for a long time and check everything."""
    with running_service(os.environ | {"PASSPORT_OCR_WORKERS": str(WORKERS)}) as service:
        traffic = Traffic(service.address, PICTURES)
        traffic.send(users=2 * WORKERS, seconds=10, hostile=hostile)  # until it is ready, and warm
        quiet_before = service.usage()
        watch = Watch(service, 60 * minutes)
        watch.start()
        with ExitStack() as attackers:
            for attack in MEANWHILE:
                attackers.enter_context(attacking(attack, service.port))
            visits = traffic.send(users=2 * WORKERS, seconds=60 * minutes, hostile=hostile)
        watch.finish()
        quiet_after = settled(service, quiet_before)
        replaced = service.replaced()
        status = service.exit_status()
    result: Result = {
        **provenance(),
        "minutes": minutes,
        "hostile_share": hostile,
        "attacks": list(MEANWHILE),
        "killed": watch.killed,
        "replaced": replaced,
        **summarise_visits(visits),
        "by_kind": by_kind(visits),
        "rss": growth(watch.looks),
        "handles": {"before": quiet_before.handles, "after": quiet_after.handles},
        "quiet": {"before": asdict(quiet_before), "after": asdict(quiet_after)},
        "exit_status": status,
    }
    conclude(result, out, report, judge)


def settled(service: Service, before: Usage) -> Usage:
    """What the service uses once its connections have ended, for which a busy machine takes its time."""
    patience = time.monotonic() + SETTLE_SECONDS
    while (usage := service.usage()).handles > before.handles and time.monotonic() < patience:
        time.sleep(1)
    return usage


def by_kind(visits: Sequence[Visit]) -> Result:
    """Requests and wrong answers of each kind."""
    kinds: Result = {}
    for visit in visits:
        row = kinds.setdefault(visit.kind, {"requests": 0, "wrong": 0})
        row["requests"] += 1
        row["wrong"] += not visit.right
    return dict(sorted(kinds.items()))


def growth(looks: Sequence[Look]) -> Result:
    """Resident megabytes of all processes, early and late (median of each part of the time)."""
    early, late = (
        statistics.median(look.usage.rss for look in looks if begin <= look.share <= end)
        for begin, end in (EARLY, LATE)
    )
    return {
        "early_mb": round(early / 2**20, 1),
        "late_mb": round(late / 2**20, 1),
        "highest_mb": round(max(look.usage.rss for look in looks) / 2**20, 1),
        "growth": round(late / early - 1, 4),
    }


def judge(result: Result) -> list[str]:
    """What of the targets was missed."""
    complaints = []
    if result["unanswered"] or result["wrong"]:
        complaints.append("not every request got the answer that belongs to it")
    if result["statuses"].get("502", 0):
        complaints.append("requests failed, though a picture whose worker is killed goes to another")
    if sum(result["replaced"].values()) > len(result["killed"]):
        complaints.append("more workers were replaced than were killed")
    if result["rss"]["growth"] >= GROWTH_AT_MOST:
        complaints.append("memory grows")
    if result["handles"]["after"] > result["handles"]["before"]:
        complaints.append("file handles are left open")
    if result["exit_status"]:
        complaints.append("the service did not end with status 0")
    return complaints


def report(result: Result) -> str:
    """A few lines for people."""
    rss, handles = result["rss"], result["handles"]
    return "\n".join(
        (
            f"{result['requests']} requests in {result['minutes']} minutes, {len(result['killed'])} workers killed",
            f"workers replaced {result['replaced']}",
            f"statuses {result['statuses']}, {result['wrong']} wrong, {result['unanswered']} unanswered",
            f"memory {rss['early_mb']} MB early, {rss['late_mb']} MB late ({rss['growth']:+.1%})",
            f"file handles {handles['before']} before, {handles['after']} after",
        )
    )


if __name__ == "__main__":
    typer.run(main)
