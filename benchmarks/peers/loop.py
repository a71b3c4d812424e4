"""The loop every peer program shares: a path a line comes in, one JSON answer a line goes out."""

import json
import os
import resource
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Found(NamedTuple):
    """What a system found: the ``lines`` of the machine readable zone, and all ``texts`` of the page if it reads any.

    A text is a mapping with ``text``, ``quad`` (four corners from the top left, pixels) and ``score`` (0..1).
    """

    lines: list[str]
    texts: Sequence[dict[str, Any]] = ()


def serve(read: Callable[[str], Found | list[str]]) -> None:
    """Answer each path on standard input with the lines read and the CPU seconds of process and children.

    What the libraries print goes to standard error, so that answers stay apart.
    """
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        print(json.dumps({"status": "ready"}), file=answers, flush=True)
        for path in sys.stdin:
            print(json.dumps(answer(read, path.rstrip("\n"))), file=answers, flush=True)


def answer(read: Callable[[str], Found | list[str]], path: str) -> dict[str, object]:
    """Read one picture and tell how it went."""
    started = _cpu_seconds()
    try:
        found, status = read(path), "read"
    except Exception as error:  # whatever another system raises is its answer to this picture
        found, status = [], f"crash: {type(error).__name__}"
    lines, texts = found if isinstance(found, Found) else (found, ())
    return {
        "status": status if lines or status != "read" else "nothing",
        "lines": lines,
        "texts": texts,
        "cpu_seconds": _cpu_seconds() - started,
    }


def _cpu_seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
