"""Read a passport's data page: ``engine.recognize("passport.jpg")``."""

from engine import errors
from engine.annotate import annotate
from engine.api import Engine, recognize
from engine.values.contract import empty_contract
from engine.values.items import Item, ItemReading, Source
from engine.values.reading import PassportReading
from engine.values.warnings import Caution, Contradiction, Warning

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
