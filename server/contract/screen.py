"""What the web page shows of a reading, as plain values, and pictures.

The public contracts have no room for what a person looks at: warnings, both values of a contradiction, check digits,
crops. This is for the page of this service alone and changes with it.
"""

import base64
from typing import TypedDict

from engine import Item, PassportReading
from engine.result.plain import (
    PlainCheck,
    PlainContradiction,
    PlainItem,
    PlainWarning,
    plain_checks,
    plain_contradiction,
    plain_item,
    plain_warning,
)
from engine.result.screen import ScreenPictures, screen_pictures


class ScreenItem(PlainItem):
    """An item, and its four corners in px of the upright picture, None where no place is known."""

    place: list[list[float]] | None


class ScreenZone(TypedDict):
    """What is shown of the machine readable zone beside the items."""

    checks: list[PlainCheck]


class ScreenPicture(TypedDict):
    """The upright picture: a JPEG as base64, and its size in px."""

    jpeg: str
    width: int
    height: int


class Screen(TypedDict):
    """All of it. ``page`` is the page of the file that was read, from 1; ``crops`` are JPEGs as base64, by name."""

    page: int
    items: list[ScreenItem]
    mrz: ScreenZone
    warnings: list[PlainWarning]
    contradictions: list[PlainContradiction]
    picture: ScreenPicture
    crops: dict[str, str]


def screen_of(reading: PassportReading, picture: bytes) -> Screen:
    """Return what the page shows of ``reading``, which was read from the file ``picture``."""
    shown = screen_pictures(picture, reading)
    return {
        "page": reading.page,
        "items": [{**plain_item(item, reading), "place": _place(shown, item.item)} for item in reading],
        "mrz": {"checks": plain_checks(reading)},
        "warnings": [plain_warning(warning) for warning in reading.warnings],
        "contradictions": [plain_contradiction(found) for found in reading.contradictions],
        "picture": {"jpeg": _base64(shown.picture), "width": shown.width, "height": shown.height},
        "crops": {name: _base64(crop) for name, crop in shown.crops.items()},
    }


def _place(shown: ScreenPictures, item: Item) -> list[list[float]] | None:
    quad = shown.places.get(item)
    return [[round(corner.x, 1), round(corner.y, 1)] for corner in quad] if quad else None


def _base64(jpeg: bytes) -> str:
    return base64.b64encode(jpeg).decode()
