"""What of the network's choice is a place: neither dates that other items hold nor words of stamps."""

from unittest.mock import Mock

import pytest

from engine.values.items import Item
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.places.by_network import told_by_network
from engine.visual.items.tagging.tagged_page import Choice, TaggedPage
from engine.visual.items.text_spans import TextSpan
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import line

MRZ = mrz_reading(("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"))


def told(text: str, held: tuple[Item, int] | None = None) -> str:
    """The place of birth where the network chooses a whole line, which another item holds from some character on."""
    span = TextSpan(line(text, 40, 30), 0, len(text))
    claims = Claims([(held[0], TextSpan(span.line, held[1], len(text)))] if held else [])
    page = PageText((span,), (), MRZ, Mock(TaggedPage, choice=lambda item: Choice((span,), 0.95)))
    found = told_by_network(page, claims, Item.BIRTH_PLACE)
    return found.value.value if found else ""


@pytest.mark.parametrize(("text", "place"), [("PATRA MODELO", "PATRA"), ("MODELO", "MODELO"), ("PATRA", "PATRA")])
def test_words_of_stamps_beside_a_place_are_none_of_it(text: str, place: str) -> None:
    assert told(text) == place


def test_a_date_written_onto_a_place_is_none_of_it() -> None:
    assert told("PATRAS18/10/2008", (Item.ISSUE_DATE, 6)) == "PATRAS"


def test_a_code_may_be_printed_once_for_state_and_place() -> None:
    assert told("KGZ", (Item.ISSUING_STATE, 0)) == "KGZ"
