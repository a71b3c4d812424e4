"""The engine under the name of its distribution: ``import passport_ocr; passport_ocr.recognize("passport.jpg")``.

Installed, this folder is the package ``passport_ocr``; its names are the very objects of `engine`.
"""

from engine import (
    Caution,
    Contradiction,
    Engine,
    Item,
    ItemReading,
    PassportReading,
    Source,
    Warning,
    annotate,
    empty_contract,
    errors,
    recognize,
)

__all__ = [
    "Caution",
    "Contradiction",
    "Engine",
    "Item",
    "ItemReading",
    "PassportReading",
    "Source",
    "Warning",
    "annotate",
    "empty_contract",
    "errors",
    "recognize",
]
