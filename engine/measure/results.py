"""The JSON result: written, read back, and compared with an earlier one file by file.

A result keeps for each picture what was right and wrong, never what is printed on it: the real specimens
belong to their publishers.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.measure.runner import RIGHT, FileOutcome

Result = dict[str, Any]


def file_row(outcome: FileOutcome) -> Result:
    """One picture's row: grades and confidences, no text."""
    return {
        "file": outcome.document.file,
        "status": outcome.status,
        "mrz_exact": outcome.mrz_exact if outcome.mrz_known else None,
        "mrz_errors": outcome.mrz_errors,
        "checks_ok": outcome.checks_ok,
        "refused": outcome.refused,
        "items": {i.item.value: [i.grade.value, round(i.confidence, 4)] for i in outcome.items},
        "cpu_seconds": round(outcome.cpu_seconds, 3),
    }


def save_result(result: Result, path: Path) -> None:
    """Write a result with one picture a line, so that a diff shows the pictures that changed."""
    head = {key: value for key, value in result.items() if key != "files"}
    rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in result["files"])
    text = json.dumps(head, ensure_ascii=False, indent=1)
    _write(f'{text[:-2]},\n "files": [\n{rows}\n ]\n}}\n', path)


def save_json(result: Result, path: Path) -> None:
    """Write a result without rows of pictures."""
    _write(json.dumps(result, ensure_ascii=False, indent=1) + "\n", path)


def _write(text: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def load_result(path: Path) -> Result:
    """Read a result back."""
    result: Result = json.loads(path.read_text(encoding="utf-8"))
    return result


@dataclass(frozen=True, slots=True)
class Change:
    """What became right (``gained``) and what became wrong (``lost``) in one picture."""

    file: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def compare(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Changes from one result's files to another's, over the pictures and parts that both judged."""
    old_rows = {row["file"]: _verdicts(row) for row in before}
    changes = []
    for row in after:
        old, new = old_rows.get(row["file"], {}), _verdicts(row)
        shared = [part for part in new if part in old]
        gained = tuple(part for part in shared if new[part] and not old[part])
        lost = tuple(part for part in shared if old[part] and not new[part])
        if gained or lost:
            changes.append(Change(row["file"], gained, lost))
    return changes


def _verdicts(row: Mapping[str, Any]) -> dict[str, bool]:
    """Each part of a picture and whether it is right; a picture without a zone has one: that nothing was read.

    ``mrz_exact`` is None where the lines are not known.
    """
    if not row["items"] and not row["mrz_exact"] and row["mrz_errors"] == 0:
        return {"refused": bool(row["refused"])}
    right = {grade.value for grade in RIGHT}
    zone = {} if row["mrz_exact"] is None else {"MRZ": bool(row["mrz_exact"])}
    return zone | {name: values[0] in right for name, values in row["items"].items()}
