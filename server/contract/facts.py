"""What dialects tell of a reading: plain values that JSON can hold, made in the worker that read the picture."""

import base64
import datetime
from typing import Final, TypedDict

from engine import ChineseText, Item, PassportReading, Source
from engine.mrz.dates import DateKind, full_date
from engine.result.plain import PlainContradiction, plain_contradiction
from engine.values.contract import box_of
from engine.values.mrz import MrzFields
from engine.values.pictures import Box, Quad

NAME: Final = "name"
"""The holder's name among what stands in Chinese characters."""


class BoxFact(TypedDict):
    """An upright box in pixels of the picture as a viewer shows it; all zero where no place is known."""

    x: int
    y: int
    width: int
    height: int


class ItemFact(TypedDict):
    """One of the fifteen items.

    ``date`` is YYYYMMDD, with the century, where the item is a whole date; ``on_page`` says that the page above the
    machine readable zone was read and says ``value``; ``printed`` is how it stands there.
    """

    value: str
    printed: str
    date: str
    on_page: bool
    confidence: float
    box: BoxFact


class ChineseFact(TypedDict):
    """What stands in Chinese characters, empty where it was not read; ``fits`` says that the Latin print agrees."""

    value: str
    fits: bool
    confidence: float
    box: BoxFact


class ZoneFact(TypedDict):
    """What the machine readable zone alone says; ``fields`` and ``confidences`` are by `engine.values.mrz.Field`."""

    lines: list[str]
    fields: dict[str, str]
    birth_date: str
    expiry_date: str
    confidences: dict[str, float]
    line_confidences: list[float]


class PortraitFact(BoxFact):
    """A JPEG as base64, and its box."""

    jpeg: str


class CheckFact(TypedDict):
    """What a check digit covers, and whether it holds."""

    covers: str
    ok: bool


class Facts(TypedDict):
    """All of it; ``items`` are by `engine.Item` name.

    ``page`` is the page of the file that was read, from 1; ``checks`` tell of each check digit what it covers and
    whether it holds; ``contradictions`` hold both readings of an item.
    ``portrait`` is None where none was asked for or found; ``chinese`` is by ``name`` and by `engine.Item` name.
    """

    items: dict[str, ItemFact]
    zone: ZoneFact
    chinese: dict[str, ChineseFact]
    portrait: PortraitFact | None
    page: int
    format: str
    checks: list[CheckFact]
    contradictions: list[PlainContradiction]


def facts_of(reading: PassportReading, picture: bytes, *, portrait: bool) -> Facts:
    """What is told of ``reading``; with ``portrait`` the portrait is cut out of ``picture``, which it was read in.

    Raises:
        engine.errors.BadImage: the picture cannot be decoded in colour.
    """
    chinese = reading.chinese
    return {
        "items": {item.name: _item(reading, item) for item in Item},
        "zone": _zone(reading),
        "chinese": {
            NAME: _chinese(reading, chinese.name),
            **{item.name: _chinese(reading, text) for item, text in chinese.by_item.items()},
        },
        "portrait": _portrait(reading, picture) if portrait else None,
        "page": reading.page,
        "format": reading.mrz.format.value,
        "checks": [{"covers": check.covers, "ok": check.ok} for check in reading.mrz.checks],
        "contradictions": [plain_contradiction(found) for found in reading.contradictions],
    }


def _item(reading: PassportReading, item: Item) -> ItemFact:
    read = reading[item]
    return {
        "value": read.value,
        "printed": read.printed,
        "date": _written(reading.date(item)),
        "on_page": read.source in (Source.VIZ, Source.BOTH),
        "confidence": round(read.confidence, 4),
        "box": _box(read.quad, reading.width, reading.height),
    }


def _chinese(reading: PassportReading, text: ChineseText) -> ChineseFact:
    return {
        "value": text.value,
        "fits": text.fits,
        "confidence": round(text.confidence, 4),
        "box": _box(text.quad, reading.width, reading.height),
    }


def _box(quad: Quad | None, width: int, height: int) -> BoxFact:
    box = box_of(quad, width, height) if quad else Box(0, 0, 0, 0)
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _zone(reading: PassportReading) -> ZoneFact:
    fields = reading.mrz.fields
    expiry = full_date(fields.expiry_date, DateKind.EXPIRY, today=reading.read_on)
    latest = min(expiry or reading.read_on, reading.read_on)
    return {
        "lines": list(reading.mrz.lines),
        "fields": {name: getattr(fields, name) for name in MrzFields.__slots__},
        "birth_date": _written(full_date(fields.birth_date, DateKind.BIRTH, today=latest)),
        "expiry_date": _written(expiry),
        "confidences": {field.value: round(p, 4) for field, p in reading.mrz.field_confidences},
        "line_confidences": [round(p, 4) for p in reading.mrz.line_confidences],
    }


def _portrait(reading: PassportReading, picture: bytes) -> PortraitFact | None:
    found = reading.portrait(picture)
    if found is None:
        return None
    box = found.box
    jpeg = base64.b64encode(found.to_jpeg()).decode()
    return {"jpeg": jpeg, "x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _written(date: datetime.date | None) -> str:
    return f"{date:%Y%m%d}" if date else ""
