"""A reading as plain values: dictionaries, lists, texts and numbers."""

import dataclasses
from typing import TYPE_CHECKING, Any, TypedDict

from engine.values.chinese import ChineseText
from engine.values.contract import box_of
from engine.values.items import ItemReading
from engine.values.pictures import Quad
from engine.values.warnings import Caution, Contradiction

if TYPE_CHECKING:
    from engine.result.reading import PassportReading


class PlainCheck(TypedDict):
    """A check digit, as `engine.values.mrz.CheckDigit`, and whether it holds."""

    covers: str
    printed: str
    computed: str
    repaired: bool
    ok: bool


class PlainWarning(TypedDict):
    """A warning: its code, the items it concerns by their names in the contract, and what to do."""

    warning: str
    items: list[str]
    advice: str


class PlainContradiction(TypedDict):
    """Both readings of an item, each with its confidence."""

    item: str
    mrz: str
    printed: str
    mrz_confidence: float
    printed_confidence: float


class PlainCharacter(TypedDict):
    """A character, how probable it is, and what else may stand there, each with its probability."""

    character: str
    probability: float
    alternatives: list[list[str | float]]


class PlainItem(TypedDict):
    """One of the fifteen items; ``box`` and ``quad`` are in photo px, None where no place is known."""

    item: str
    name: str
    value: str
    printed: str
    date: str | None
    confidence: float
    certainty: str
    source: str
    box: dict[str, int] | None
    quad: list[list[float]] | None
    characters: list[PlainCharacter]


def plain(reading: "PassportReading") -> dict[str, Any]:
    """Return all of ``reading``; places are photo px, probabilities are rounded to four digits."""
    return {
        "page": reading.page,
        "width": reading.width,
        "height": reading.height,
        "items": [plain_item(item, reading) for item in reading],
        **{name: _chinese(text, reading) for name, text in reading.chinese.texts.items()},
        "mrz": dataclasses.asdict(reading.mrz) | {"checks": plain_checks(reading)},
        "other_documents": [
            {"format": other.format.value, "quad": _corners(other.quad)} for other in reading.other_documents
        ],
        "warnings": [plain_warning(warning) for warning in reading.warnings],
        "contradictions": [plain_contradiction(found) for found in reading.contradictions],
        "timings": {stage: round(seconds, 4) for stage, seconds in reading.timings.items()},
    }


def plain_checks(reading: "PassportReading") -> list[PlainCheck]:
    """Return each check digit of the machine readable zone: what it covers, and whether it holds."""
    return [
        {
            "covers": check.covers,
            "printed": check.printed,
            "computed": check.computed,
            "repaired": check.repaired,
            "ok": check.ok,
        }
        for check in reading.mrz.checks
    ]


def plain_warning(caution: Caution) -> PlainWarning:
    """Return a warning, the items it concerns and its advice."""
    return {
        "warning": caution.warning.name,
        "items": [item.value for item in caution.items],
        "advice": caution.advice,
    }


def plain_contradiction(found: Contradiction) -> PlainContradiction:
    """Return both readings of an item."""
    return {
        "item": found.item.value,
        "mrz": found.mrz,
        "printed": found.printed,
        "mrz_confidence": round(found.mrz_confidence, 4),
        "printed_confidence": round(found.printed_confidence, 4),
    }


def _corners(quad: Quad) -> list[list[float]]:
    return [[round(p.x, 1), round(p.y, 1)] for p in quad]


def _chinese(text: ChineseText, reading: "PassportReading") -> dict[str, Any]:
    return {
        "value": text.value,
        "confidence": round(text.confidence, 4),
        "certainty": text.certainty.value,
        "box": box_of(text.quad, reading.width, reading.height)._asdict() if text.quad else None,
        "quad": _corners(text.quad) if text.quad else None,
    }


def plain_item(item: ItemReading, reading: "PassportReading") -> PlainItem:
    """Return an item of ``reading``; probabilities are rounded to four digits."""
    box = box_of(item.quad, reading.width, reading.height)._asdict() if item.quad else None
    date = reading.date(item.item)
    return {
        "item": item.item.value,
        "name": item.item.english,
        "value": item.value,
        "printed": item.printed,
        "date": date.isoformat() if date else None,
        "confidence": round(item.confidence, 4),
        "certainty": item.certainty.value,
        "source": item.source.value,
        "box": box,
        "quad": _corners(item.quad) if item.quad else None,
        "characters": [
            {
                "character": c.char,
                "probability": round(c.probability, 4),
                "alternatives": [[other, probability] for other, probability in c.alternatives],
            }
            for c in item.characters
        ],
    }
