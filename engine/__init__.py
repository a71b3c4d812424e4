"""Read a passport's data page: ``engine.recognize("passport.jpg")``."""

from typing import TYPE_CHECKING

from engine import errors
from engine.api import Engine, recognize, redact
from engine.result.annotate import annotate
from engine.result.reading import PassportReading
from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.contract import empty_contract
from engine.values.items import Certainty, Item, ItemReading, Source
from engine.values.warnings import Caution, Contradiction, Warning

if TYPE_CHECKING:
    __version__: str
else:

    def __getattr__(name: str) -> str:
        """Look the release up when it is asked for: `importlib.metadata` takes as long to load as all else here."""
        if name != "__version__":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from engine.result.release import release

        return release()


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
