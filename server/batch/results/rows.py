"""A row of the results: what became of one picture, as plain values that JSON can hold."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Any, Final

from engine.result.plain import plain_warning
from engine.values.items import Certainty, Item, ItemReading
from engine.weights import installed_models

from ...contract.faults import Fault
from ...pool.messages import WireReading
from ...version import release
from ..file_faults import READ

Row = dict[str, Any]
"""See `docs/batch.md`, "Columns"."""

NAMES: Final = {item: item.name.lower() for item in Item}
"""Columns are called by the items' English names."""
OUTCOME: Final = ("file", "page", "sha256", "code", "message", "detail", "seconds")
NOTES: Final = ("mrz_format", "checks", "warnings", "contradictions")
ORIGIN: Final = ("engine", "models")


def read_part(reading: WireReading, kept: Collection[Item]) -> Row:
    """What a reading brings to its row; only of the items ``kept``."""
    facts = reading.facts
    return {
        "page": facts["page"],
        "mrz_format": facts["format"],
        "items": {NAMES[item]: cell for item, cell in map(_cell, reading.data["items"]) if item in kept},
        "checks": facts["checks"],
        "warnings": [plain_warning(warning) for warning in reading.warnings],
        "contradictions": [found for found in facts["contradictions"] if Item(found["item"]) in kept],
    }


def _cell(read: Mapping[str, Any]) -> tuple[Item, dict[str, Any]]:
    """An item of the contract's data as a cell: the box is left, top, width and height in pixels."""
    item = Item(read["item"])
    value, confidence, place = read["itemstring"], read["itemconf"], read["itemcoord"]
    box = [place["x"], place["y"], place["width"], place["height"]]
    certainty = ItemReading(item, value, confidence).certainty.value
    return item, {
        "value": value,
        "confidence": confidence,
        "certainty": certainty,
        "box": box if box[2] and box[3] else None,
    }


def row(name: str, picture: bytes, fault: Fault, detail: str, seconds: float, part: Row | None) -> Row:
    """Put a row together; ``part`` is what `read_part` gave where the picture was read."""
    empty: Row = {"page": None, "mrz_format": None, "items": {}, "checks": [], "warnings": [], "contradictions": []}
    outcome = {
        "file": name,
        "sha256": sha256(picture).hexdigest() if picture else None,
        "code": fault.code,
        "message": fault.message,
        "detail": detail,
        "seconds": round(seconds, 3),
    }
    origin = {"engine": release(), "models": _models()}
    return outcome | (part or empty) | origin


def is_doubtful(row: Row) -> bool:
    """Whether a person should look at a picture that was read: an item less than sure, or something contradicts."""
    unsure = any(cell["value"] and cell["certainty"] != Certainty.SURE.value for cell in row["items"].values())
    failing = any(not check["ok"] for check in row["checks"])
    return row["code"] == READ.code and (unsure or failing or bool(row["contradictions"]))


def flat(row: Row, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Go over the columns of a table with items called ``names``: each has three, its value, confidence and box."""
    yield from ((name, row.get(name)) for name in OUTCOME)
    for name in names:
        cell = row["items"].get(name, {"value": "", "confidence": 0.0, "box": None})
        yield name, cell["value"]
        yield f"{name}_confidence", cell["confidence"]
        yield f"{name}_box", cell["box"]
    yield from ((name, row.get(name)) for name in NOTES + ORIGIN)


@cache
def _models() -> list[str]:
    return list(installed_models())
