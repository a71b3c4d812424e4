"""The engine under the name of its distribution: ``import passport_ocr; passport_ocr.recognize("passport.jpg")``.

Installed, this folder is the package ``passport_ocr``; its names are the very objects of `engine`.
"""

from typing import TYPE_CHECKING

import engine
from engine import (
    Caution,
    Certainty,
    ChinesePrint,
    ChineseText,
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
    redact,
)

if TYPE_CHECKING:
    __version__: str
else:

    def __getattr__(name: str) -> str:
        """Ask `engine`, which looks the release up when it is asked for."""
        return getattr(engine, name)


__all__ = [
    "Caution",
    "Certainty",
    "ChinesePrint",
    "ChineseText",
    "Contradiction",
    "Engine",
    "Item",
    "ItemReading",
    "PassportReading",
    "Source",
    "Warning",
    "__version__",
    "annotate",
    "empty_contract",
    "errors",
    "recognize",
    "redact",
]
