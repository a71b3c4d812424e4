"""The fifteen items as the public JSON contract spells them (``contract/notes.md``, "Response")."""

import math
from collections.abc import Sequence
from typing import Any, Final

from engine.values.items import Item, ItemReading
from engine.values.pictures import Box, Quad
from engine.values.text import CharReading

DOUBTFUL: Final = 0.9
"""Characters below this probability get their alternatives listed in ``candword``."""


def contract_data(items: Sequence[ItemReading], width: int, height: int, session_id: str = "") -> dict[str, Any]:
    """Return the contract's ``data`` for a picture of ``width`` × ``height`` px."""
    return {"class": [], "session_id": session_id, "items": [_item(i, width, height) for i in items]}


def empty_contract(session_id: str = "") -> dict[str, Any]:
    """Return the contract's ``data`` with fifteen empty items, as answers with an error code carry it."""
    return contract_data([ItemReading(item) for item in Item], 0, 0, session_id)


def box_of(quad: Quad, width: int, height: int) -> Box:
    """Return the upright whole-pixel box around ``quad``, clipped to the picture."""
    left = min(max(math.floor(min(p.x for p in quad)), 0), width)
    top = min(max(math.floor(min(p.y for p in quad)), 0), height)
    right = min(max(math.ceil(max(p.x for p in quad)), left), width)
    bottom = min(max(math.ceil(max(p.y for p in quad)), top), height)
    return Box(left, top, right - left, bottom - top)


def _item(reading: ItemReading, width: int, height: int) -> dict[str, Any]:
    box = box_of(reading.quad, width, height) if reading.quad else Box(0, 0, 0, 0)
    return {
        "item": reading.item.value,
        "itemcoord": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
        "itemconf": round(reading.confidence, 4),
        "itemstring": reading.value,
        "coords": [_point(p.x, p.y, width, height) for p in reading.quad] if reading.quad else [],
        "words": [{"character": c.char, "confidence": round(c.probability, 4)} for c in reading.characters],
        "candword": _candidates(reading.characters),
    }


def _point(x: float, y: float, width: int, height: int) -> dict[str, int]:
    return {"x": min(max(round(x), 0), width), "y": min(max(round(y), 0), height)}


def _candidates(characters: Sequence[CharReading]) -> list[dict[str, Any]]:
    listed = []
    for position, character in enumerate(characters):
        # A reader's alternative "" means that nothing stands here, which the contract cannot spell.
        words = [{"character": c, "confidence": round(p, 4)} for c, p in character.alternatives if c]
        if words and character.probability < DOUBTFUL:
            listed.append({"position": position, "candwords": words})
    return listed
