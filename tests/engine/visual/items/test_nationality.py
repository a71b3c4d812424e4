"""What speaks for and against a mention of the nationality: a page of a few lines for each rule."""

import pytest

from engine.values.items import Item
from engine.visual.items.assign import assign_items
from engine.visual.items.nationality import find_nationality
from engine.visual.items.page_text import Claims, page_text
from engine.visual.items.text_spans import RecognisedLine, TextSpan
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import label, line

GERMAN = mrz_reading(("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4"))
SURNAME = line("MUSTERMANN", 40, 24)
BIRTH_DATE = line("12.08.1964", 40, 40)
LABEL = label("Nationality", 40, 29)


def found(*lines: RecognisedLine, claimed: dict[Item, RecognisedLine] | None = None) -> tuple[str, float] | None:
    """Text and confidence of the nationality among ``lines``; ``claimed`` lines belong to other items."""
    claims = Claims()
    for item, held in (claimed or {}).items():
        claims.claim(item, TextSpan(held, 0, len(held.text.chars)))
    value = find_nationality(page_text((*lines, *(claimed or {}).values()), GERMAN), claims)
    return (value.printed, round(value.confidence, 2)) if value else None


def test_the_value_is_the_code_whatever_the_page_prints() -> None:
    assert assign_items((LABEL, line("DEUTSCH", 40, 33)), GERMAN)[Item.NATIONALITY].value == "D"


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        pytest.param("D", 0.95, id="the code"),
        pytest.param("DEUTSCH", 0.95, id="a name of it"),
        pytest.param("GERMANISTAN", 0.95, id="a beginning of the state's name"),
    ],
)
def test_what_names_it_under_its_label(text: str, confidence: float) -> None:
    assert found(LABEL, line(text, 40, 33)) == (text, confidence)


def test_the_beginning_of_the_states_name_counts_under_the_label_only() -> None:
    assert found(line("GERMANISTAN", 40, 33)) is None


def test_another_states_name_is_none() -> None:
    assert found(LABEL, line("FRANCAISE", 40, 33)) is None


def test_a_code_without_a_label_is_the_issuing_states() -> None:
    assert found(line("D", 40, 33)) is None


def test_a_name_of_it_needs_no_label() -> None:
    assert found(line("DEUTSCH", 40, 33)) == ("DEUTSCH", 0.6)


def test_the_heading_of_the_page_counts_less() -> None:
    heading, value = line("GERMAN", 40, 10), line("DEUTSCH", 40, 33)
    assert found(heading, value, claimed={Item.SURNAME: SURNAME}) == ("DEUTSCH", 0.6)
    assert found(heading, claimed={Item.SURNAME: SURNAME}) == ("GERMAN", 0.57)


def test_below_the_date_of_birth_places_stand() -> None:
    assert found(line("DEUTSCH", 40, 52), claimed={Item.BIRTH_DATE: BIRTH_DATE}) is None
    assert found(line("DEUTSCH", 40, 41), claimed={Item.BIRTH_DATE: BIRTH_DATE}) == ("DEUTSCH", 0.6)


def test_what_stands_under_another_label_is_another_value() -> None:
    assert found(label("Place of birth", 40, 29), line("DEUTSCH", 40, 33)) is None


def test_names_in_several_languages_are_given_together() -> None:
    assert found(LABEL, line("DEUTSCH/GERMAN", 40, 33)) == ("DEUTSCH/GERMAN", 0.95)
