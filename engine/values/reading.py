"""The result of a read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.values.contract import contract_data
from engine.values.items import Item, ItemReading
from engine.values.mrz import MrzReading
from engine.values.warnings import Caution, Contradiction


@dataclass(frozen=True, slots=True)
class PassportReading:
    """What was read off one picture.

    ``items`` are all fifteen in contract order; ``mrz`` is the machine readable zone with raw and decoded lines,
    parsed fields, each check digit and every correction; ``warnings`` tell what about the picture made reading
    hard; ``timings`` are seconds by stage; ``width`` and ``height`` are those of the upright picture.
    ``contradictions`` hold both readings of each item that the page and the machine readable zone give differently.
    """

    items: tuple[ItemReading, ...]
    mrz: MrzReading
    warnings: tuple[Caution, ...]
    timings: Mapping[str, float]
    width: int
    height: int
    contradictions: tuple[Contradiction, ...] = ()

    def __post_init__(self) -> None:
        """Refuse anything but the fifteen items in order."""
        if tuple(i.item for i in self.items) != tuple(Item):
            raise ValueError("a reading holds all fifteen items in contract order")

    def __getitem__(self, item: Item | str) -> ItemReading:
        """Return one item by `Item` or by its name on the wire, e.g. ``reading["护照号码"]``."""
        return self.items[list(Item).index(Item(item))]

    def to_contract(self, session_id: str = "") -> dict[str, Any]:
        """Return the ``data`` object of the public JSON contract (``contract/notes.md``, "Response")."""
        return contract_data(self.items, self.width, self.height, session_id)
