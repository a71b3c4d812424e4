"""What the web page shows of a reading, as plain values: all that is known of it, and pictures.

The public contracts have no room for what a person looks at: warnings, both values of a contradiction, check digits,
crops. This is for the page of this service alone and changes with it.
"""

import base64
from typing import Any

from engine import PassportReading
from engine.result.screen import ScreenPictures, screen_pictures


def screen_of(reading: PassportReading, picture: bytes) -> dict[str, Any]:
    """Return `PassportReading.to_dict`, each item with its ``place`` in the upright ``picture``, and ``crops``.

    Args:
        reading: what was read.
        picture: the file it was read from.
    """
    shown = screen_pictures(picture, reading)
    everything = reading.to_dict()
    items = [item | {"place": _place(shown, item["item"])} for item in everything["items"]]
    return {
        **everything,
        "items": items,
        "picture": {"jpeg": _base64(shown.picture), "width": shown.width, "height": shown.height},
        "crops": {name: _base64(crop) for name, crop in shown.crops.items()},
    }


def _place(shown: ScreenPictures, item: str) -> list[list[float]] | None:
    quad = next((quad for one, quad in shown.places.items() if one == item), None)
    return [[round(corner.x, 1), round(corner.y, 1)] for corner in quad] if quad else None


def _base64(jpeg: bytes) -> str:
    return base64.b64encode(jpeg).decode()
