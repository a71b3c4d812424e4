"""Read a passport's data page: ``engine.recognize("passport.jpg")``."""

from engine import errors
from engine.annotate import annotate
from engine.api import Engine, recognize
from engine.cautions import Caution, Contradiction, Warning
from engine.contract import empty_contract
from engine.items import Item
from engine.reading import PassportReading
from engine.records import ItemReading, Source

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
