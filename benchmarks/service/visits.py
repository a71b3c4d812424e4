"""Requests that were sent to a service, as written down: what came of them and how long it took, nothing read."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from engine.measure.metrics import percentile

API3_EVERY: Final = 4
"""Each picture is sent once in so many times as the SDKs of API 3.0 send it, its portrait wanted."""

AIP_EVERY: Final = 16
"""The same of Baidu's clients, whose forms have no portrait."""

MOST_WRONG_ONES: Final = 20
"""So many wrong or missing answers are written down whole, to be looked for in the service's log."""


def wants_portrait(turn: int, pictures: int) -> bool:
    """Whether the picture of a turn is sent like that; so many ``pictures`` are sent, again and again."""
    return (turn + turn // pictures) % API3_EVERY == API3_EVERY - 1


def is_aip(turn: int, pictures: int) -> bool:
    """Whether it is sent as Baidu's clients send it instead: once in so many times each picture."""
    return (turn + turn // pictures) % AIP_EVERY == 1


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: what was sent, when it ended (``at``, Unix seconds), how long it took, and the answer.

    ``status`` is 0 where no answer came. ``right``: it is the answer that belongs to what was sent, or says that the
    service is busy or that the worker was killed.
    """

    kind: str
    at: float
    seconds: float
    status: int
    code: int | None
    right: bool


def digest_of(items: Any) -> str:
    """Stands for the fifteen items of an answer, so that no value is written down."""
    return hashlib.sha256(json.dumps(items, sort_keys=True).encode()).hexdigest()


def load_visits(path: Path) -> list[Visit]:
    """What `benchmarks.service.visitors` wrote down."""
    return [Visit(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def summarise_visits(visits: Sequence[Visit]) -> dict[str, Any]:
    """Answers by status, wrong and missing ones, and milliseconds of those with status 200."""
    seconds = [visit.seconds for visit in visits if visit.status == 200]
    return {
        "requests": len(visits),
        "statuses": dict(sorted(Counter(str(visit.status) for visit in visits).items())),
        "unanswered": sum(visit.status == 0 for visit in visits),
        "wrong": sum(visit.status != 0 and not visit.right for visit in visits),
        "wrong_ones": [asdict(visit) for visit in visits if not visit.right][:MOST_WRONG_ONES],
        "ms_of_200": {f"p{p}": round(1000 * percentile(seconds, p / 100)) for p in (50, 95, 99)} if seconds else {},
    }
