"""The result of a read."""

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.result.dates import date_of
from engine.result.named_items import NamedItems
from engine.values.chinese import NO_CHINESE, ChinesePrint, ChineseText
from engine.values.contract import ContractData, contract_data
from engine.values.items import Item, ItemReading
from engine.values.mrz import MrzReading
from engine.values.pictures import OtherDocument, Pixels, Quad
from engine.values.warnings import Caution, Contradiction

if TYPE_CHECKING:  # only a type: reading a result must not load what decodes pictures
    from engine.decode import PictureSource
    from engine.result.portrait import Portrait


@dataclass(frozen=True, slots=True, repr=False)
class PassportReading(NamedItems):
    """What was read off one picture.

    One item is ``reading.passport_number``, ``reading["passport_number"]`` or ``reading["护照号码"]``; a loop goes
    over all fifteen. ``repr`` tells nothing that was read.

    ``items`` are all fifteen in contract order; ``mrz`` is the machine readable zone with raw and decoded lines,
    parsed fields, each check digit and every correction; ``warnings`` tell what about the picture made reading
    hard; ``timings`` are seconds by stage; ``width`` and ``height`` are those of the upright picture.
    ``contradictions`` hold both readings of each item that the page and the machine readable zone give differently.
    ``other_documents`` say where else in the picture a document's machine readable zone was seen: a passport is read
    before a card or visa, of two passports the larger one.
    ``mrz_quads`` (photo px) surround the lines of the machine readable zone; ``read_on`` is the day of the reading,
    by which centuries are told. ``page`` is the page of the file that was read, from 1. ``portrait_quad`` (photo px)
    surrounds the holder's portrait; None where none was found. ``chinese`` is what is printed in Chinese
    characters: the name (also as ``chinese_name``), places and authority; empty but on passports of mainland China.
    """

    items: tuple[ItemReading, ...]
    mrz: MrzReading
    warnings: tuple[Caution, ...]
    timings: Mapping[str, float] = field(hash=False)
    width: int
    height: int
    contradictions: tuple[Contradiction, ...] = ()
    mrz_quads: tuple[Quad, ...] = ()
    other_documents: tuple[OtherDocument, ...] = ()
    read_on: datetime.date = field(default_factory=datetime.date.today, compare=False)
    page: int = 1
    portrait_quad: Quad | None = None
    chinese: ChinesePrint = NO_CHINESE

    def __post_init__(self) -> None:
        """Refuse anything but the fifteen items in order."""
        if tuple(i.item for i in self.items) != tuple(Item):
            raise ValueError("a reading holds all fifteen items in contract order")

    def __getitem__(self, item: Item | str) -> ItemReading:
        """Return one item by `Item`, by its English name or by its name on the wire.

        Raises:
            KeyError: there is no such item.
        """
        try:
            return self.items[list(Item).index(Item(item))]
        except ValueError:
            names = ", ".join(one.name.lower() for one in Item)
            raise KeyError(f"there is no such item: choose one of {names}") from None

    def __iter__(self) -> Iterator[ItemReading]:
        """Go over the fifteen items in contract order."""
        return iter(self.items)

    def __len__(self) -> int:
        """Fifteen."""
        return len(self.items)

    def __contains__(self, item: object) -> bool:
        """Whether ``item`` is one of the fifteen by `Item` or name, or one of ``items``."""
        if not isinstance(item, str):
            return item in self.items
        try:
            return Item(item) in tuple(Item)
        except ValueError:
            return False

    def __repr__(self) -> str:
        """Say how much was read, and nothing of what."""
        read = sum(bool(item.value) for item in self.items)
        notes = f"{len(self.warnings)} warnings, {len(self.contradictions)} contradictions"
        return (
            f"<PassportReading {self.mrz.format.value}: {read} of 15 items, {notes}, {self.width}×{self.height} px>"
        )

    @property
    def chinese_name(self) -> ChineseText:
        """The holder's name in Chinese characters."""
        return self.chinese.name

    def date(self, item: Item | str) -> datetime.date | None:
        """Return the date of birth, issue or expiry with its century; see `engine.result.dates`.

        Returns:
            None where the item is no date, was not read, or its day or month is unknown.

        Raises:
            KeyError: there is no such item.
        """
        return date_of(self[item].item, self.__getitem__, self.read_on)

    def to_contract(self, session_id: str = "") -> ContractData:
        """Return the ``data`` object of the public JSON contract (``contract/notes.md``, "Response")."""
        return contract_data(self.items, self.width, self.height, session_id)

    def to_dict(self) -> dict[str, Any]:
        """Return everything that is known as plain values, which JSON can hold."""
        from engine.result.plain import plain

        return plain(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return `to_dict` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def annotate(self, source: "PictureSource") -> Pixels:
        """Draw the reading on the picture it was read from; see `engine.annotate`."""
        from engine.result.annotate import annotate

        return annotate(source, self)

    def crops(self, source: "PictureSource") -> dict[str, Pixels]:
        """Cut the items and the machine readable zone out of the picture; see `engine.result.crops`."""
        from engine.result.crops import cut_crops

        return cut_crops(source, self)

    def portrait(self, source: "PictureSource") -> "Portrait | None":
        """Cut the holder's portrait out of the picture, upright and in colour; None where none was found.

        Raises:
            BadImage, OSError: as `engine.recognize`.
        """
        from engine.result.portrait import cut_portrait

        return cut_portrait(source, self)
