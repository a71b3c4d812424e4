"""Supposes what the machine readable zone of a page says that shows none: from what a network says of its words.

With a zone, the items of the page are found by what the zone says. A page alone is read the same way, by the zone
that it would have.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from engine.mrz.formats import FILLER
from engine.mrz.names import mrz_form
from engine.tables.nationalities import nationalities
from engine.tables.states import country_exists, state_names
from engine.values.items import DATES, Item
from engine.values.mrz import NO_ZONE, Field, MrzFields, MrzFormat, MrzReading
from engine.visual.items.tagging.choose_words import choose_words
from engine.visual.items.tagging.tagged_page import TaggedPage, tag_page
from engine.visual.items.text_spans import RecognisedLine
from engine.visual.text.dates.find import find_dates, learn_order
from engine.visual.text.dates.printed import Order
from engine.visual.text.fold import fold
from engine.visual.text.nationalities import is_nationality

_NUMBER: Final = re.compile(r"(?=(?:.*\d){3})[A-Z0-9]{6,9}")
_SEX: Final = re.compile(r"(?<![^\W_])[MFX](?![^\W_])")
_CODE: Final = re.compile(r"(?<![^\W_])[A-Z]{3}(?![^\W_])")
_WIDTH: Final = 44
_SUPPOSED: Final = 0.5
"""Probability of what is supposed: it explains no print that was read otherwise."""


@dataclass(frozen=True, slots=True)
class SupposedZone:
    """The zone that a page would have, as if it had been read, and how probably each item was chosen rightly."""

    reading: MrzReading
    chances: Mapping[Item, float]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The words chosen for an item, and how probably they are its value."""

    text: str = field(repr=False)
    chance: float


def suppose_zone(lines: Sequence[RecognisedLine]) -> SupposedZone:
    """Return the zone that the page with these lines would have; what is not seen is empty in it.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network that tells words cannot be run.
    """
    page = tag_page(lines, NO_ZONE.fields)
    chosen = {item: found for item in _FOUND if (found := _chosen(page, item))}
    state = _state(chosen)
    texts = {item: found.text for item, found in chosen.items()}
    order = learn_order([texts.get(item, "") for item in DATES], ())
    dates = {item: _date(texts.get(item, ""), order, state) for item in DATES}
    fields = MrzFields(
        document_code="P",
        issuing_state=state,
        surname=_name(texts.get(Item.SURNAME, "")),
        given_names=_name(texts.get(Item.GIVEN_NAMES, "")),
        document_number=_number(texts.get(Item.PASSPORT_NUMBER, "")),
        nationality=_nationality(texts.get(Item.NATIONALITY, ""), state),
        birth_date=dates[Item.BIRTH_DATE][0],
        sex=_sex(texts.get(Item.SEX, "")),
        expiry_date=dates[Item.EXPIRY_DATE][0],
        optional_data="",
        optional_data_2="",
    )
    chances = {item: found.chance * dates.get(item, ("", 1.0))[1] for item, found in chosen.items()}
    return SupposedZone(_as_read(fields, chances.get(Item.ISSUING_STATE, _SUPPOSED)), chances)


_FOUND: Final = (
    *DATES,
    Item.ISSUING_STATE,
    Item.PASSPORT_NUMBER,
    Item.SURNAME,
    Item.GIVEN_NAMES,
    Item.NATIONALITY,
    Item.SEX,
)
"""Items that the zone says, and the date of issue, whose figures may tell the order of the others."""


def _chosen(page: TaggedPage, item: Item) -> _Chosen | None:
    chosen = choose_words(page.words, page.tags, item)
    if chosen is None:
        return None
    text = " ".join(page.words[i].text for line in chosen.lines for i in line)
    return _Chosen(text, chosen.probability)


def _as_read(fields: MrzFields, state: float) -> MrzReading:
    """A zone with these fields and without lines; ``state`` is how probably the issuing state is right."""
    sure = {Field.ISSUING_STATE: state}
    return MrzReading(
        format=MrzFormat.TD3,
        raw_lines=(),
        lines=(),
        fields=fields,
        checks=(),
        corrections=(),
        char_confidences=(),
        line_confidences=(),
        field_confidences=tuple((field, sure.get(field, _SUPPOSED)) for field in Field),
        misprinted=True,
        aligned=(FILLER * _WIDTH,) * 2,
    )


def _number(text: str) -> str:
    number = fold(text)
    return number if _NUMBER.fullmatch(number) else ""


def _name(text: str) -> str:
    """The name as the zone has it; "" where a letter has no form there."""
    try:
        form: str = mrz_form(text.strip(" ,;/")).replace(FILLER, " ").strip()
    except ValueError:
        return ""
    return form


def _sex(text: str) -> str:
    """The last of the letters: before it may stand that of the state's own language."""
    letters: list[str] = _SEX.findall(text.upper())
    return letters[-1] if letters else ""


def _date(text: str, order: Order | None, state: str) -> tuple[str, float]:
    """YYMMDD, and the share of certainty that its meaning leaves."""
    dates = find_dates(text, order, state)
    return (dates[0].yymmdd, dates[0].share) if dates else ("", 1.0)


def _state(chosen: Mapping[Item, _Chosen]) -> str:
    for item in (Item.ISSUING_STATE, Item.NATIONALITY):
        if item in chosen and (code := _country(chosen[item].text)):
            return code
    return ""


def _nationality(text: str, state: str) -> str:
    """The code of a nationality: that of the issuing state if the text may mean it."""
    parts = [folded for part in text.split("/") if (folded := fold(part))]
    if state and any(is_nationality(part, state) for part in parts):
        return state
    return _country(text)


def _country(text: str) -> str:
    """The code of a state that a text gives, or whose name or nationality it is."""
    codes = [match.group() for match in _CODE.finditer(text) if country_exists(match.group())]
    if codes:
        return codes[-1]
    named = (_codes_by_name().get(fold(part), "") for part in text.split("/"))
    return next((code for code in named if code), "")


@cache
def _codes_by_name() -> Mapping[str, str]:
    names = {fold(name): code for code, name in state_names().items()}
    return names | {fold(name): code for code, printed in nationalities().items() for name in printed}
