"""The fifteen items as the public JSON contract spells them (``contract/notes.md``, "Response")."""

import math
from collections.abc import Sequence
from typing import Final, TypedDict

from engine.values.items import Item, ItemReading
from engine.values.pictures import Box, Quad
from engine.values.text import CharReading


class ContractBox(TypedDict):
    """An upright box in pixels of the picture; all 0 where no place is known."""

    x: int
    y: int
    width: int
    height: int


class ContractPoint(TypedDict):
    """A corner, in pixels of the picture."""

    x: int
    y: int


class ContractWord(TypedDict):
    """A character, and how probable it is."""

    character: str
    confidence: float


class ContractCandidates(TypedDict):
    """What else may stand at ``position`` of an item, counted from 0."""

    position: int
    candwords: list[ContractWord]


class ContractItem(TypedDict):
    """One of the fifteen items; ``coords`` are its four corners, or none."""

    item: str
    itemcoord: ContractBox
    itemconf: float
    itemstring: str
    coords: list[ContractPoint]
    words: list[ContractWord]
    candword: list[ContractCandidates]


ContractData = TypedDict("ContractData", {"class": list[str], "session_id": str, "items": list[ContractItem]})
"""The contract's ``data``; ``class`` is always empty, ``items`` are the fifteen."""

DOUBTFUL: Final = 0.9
"""Characters below this probability get their alternatives listed in ``candword``."""


def contract_data(items: Sequence[ItemReading], width: int, height: int, session_id: str = "") -> ContractData:
    """Return the contract's ``data`` for a picture of ``width`` × ``height`` px."""
    return {"class": [], "session_id": session_id, "items": [_item(i, width, height) for i in items]}


def empty_contract(session_id: str = "") -> ContractData:
    """Return the contract's ``data`` with fifteen empty items, as answers with an error code carry it."""
    return contract_data([ItemReading(item) for item in Item], 0, 0, session_id)


def box_of(quad: Quad, width: int, height: int) -> Box:
    """Return the upright whole-pixel box around ``quad``, clipped to the picture."""
    left = min(max(math.floor(min(p.x for p in quad)), 0), width)
    top = min(max(math.floor(min(p.y for p in quad)), 0), height)
    right = min(max(math.ceil(max(p.x for p in quad)), left), width)
    bottom = min(max(math.ceil(max(p.y for p in quad)), top), height)
    return Box(left, top, right - left, bottom - top)


def _item(reading: ItemReading, width: int, height: int) -> ContractItem:
    box = box_of(reading.quad, width, height) if reading.quad else Box(0, 0, 0, 0)
    return {
        "item": reading.item.value,
        "itemcoord": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
        "itemconf": round(reading.confidence, 4),
        "itemstring": reading.value,
        "coords": [_point(p.x, p.y, width, height) for p in reading.quad] if reading.quad else [],
        "words": [_word(c.char, c.probability) for c in reading.characters],
        "candword": _candidates(reading.characters),
    }


def _point(x: float, y: float, width: int, height: int) -> ContractPoint:
    return {"x": min(max(round(x), 0), width), "y": min(max(round(y), 0), height)}


def _word(character: str, probability: float) -> ContractWord:
    return {"character": character, "confidence": round(probability, 4)}


def _candidates(characters: Sequence[CharReading]) -> list[ContractCandidates]:
    listed: list[ContractCandidates] = []
    for position, character in enumerate(characters):
        # A reader's alternative "" means that nothing stands here, which the contract cannot spell.
        words: list[ContractWord] = [
            {"character": c, "confidence": round(p, 4)} for c, p in character.alternatives if c
        ]
        if words and character.probability < DOUBTFUL:
            listed.append({"position": position, "candwords": words})
    return listed
