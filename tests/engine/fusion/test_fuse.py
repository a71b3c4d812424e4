from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fusion.fuse import agreement_confidence, contradictions, disagreement_confidences, fuse
from engine.values.items import Item, ItemReading, Source, VisualReading, VisualValue
from engine.values.pictures import LocatedMrz, Point
from engine.values.text import CharReading
from tests.engine.readings import located

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
QUAD = (Point(1, 2), Point(9, 2), Point(9, 4), Point(1, 4))
OTHER_QUAD = (Point(1, 6), Point(9, 6), Point(9, 8), Point(1, 8))
MRZ = located(LINES, (QUAD, OTHER_QUAD))
PROBABILITY = st.floats(0.0, 1.0)


def printed(value: str, confidence: float = 0.9, text: str | None = None) -> VisualValue:
    text = value if text is None else text
    return VisualValue(value, text, confidence, QUAD, tuple(CharReading(c, confidence) for c in text))


def fused(item: Item, value: VisualValue | None = None) -> ItemReading:
    items = fuse(MRZ, VisualReading({item: value} if value else {}))
    return next(reading for reading in items if reading.item is item)


def test_gives_all_fifteen_in_contract_order() -> None:
    assert tuple(reading.item for reading in fuse(MRZ, VisualReading())) == tuple(Item)


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (Item.DOCUMENT_TYPE, "P"),
        (Item.ISSUING_STATE, "UTO"),
        (Item.PASSPORT_NUMBER, "L898902C3"),
        (Item.SEX, "F"),
        (Item.NATIONALITY, "UTO"),
        (Item.BIRTH_DATE, "740812"),
        (Item.EXPIRY_DATE, "120415"),
        (Item.SURNAME, "ERIKSSON"),
        (Item.GIVEN_NAMES, "ANNA MARIA"),
    ],
)
def test_value_of_the_mrz_alone_has_no_place(item: Item, value: str) -> None:
    reading = fused(item)
    assert (reading.value, reading.quad, reading.source) == (value, None, Source.MRZ)
    assert "".join(c.char for c in reading.characters) == value


def test_mrz_lines_have_their_quads_and_characters() -> None:
    reading = fused(Item.MRZ_LINE_2)
    assert (reading.value, reading.quad, reading.source) == (LINES[1], OTHER_QUAD, Source.MRZ)
    assert len(reading.characters) == 44


@pytest.mark.parametrize("item", [Item.BIRTH_PLACE, Item.ISSUE_DATE, Item.ISSUE_PLACE, Item.AUTHORITY])
def test_what_no_zone_says_is_empty(item: Item) -> None:
    assert fused(item) == ItemReading(item)


def test_agreement_is_surer_than_either() -> None:
    reading = fused(Item.PASSPORT_NUMBER, printed("L898902C3"))
    assert (reading.source, reading.quad) == (Source.BOTH, QUAD)
    assert reading.confidence > 0.99


def test_names_are_given_as_printed() -> None:
    reading = fused(Item.GIVEN_NAMES, printed("Anna-Mária"))
    assert (reading.value, reading.source) == ("Anna-Mária", Source.BOTH)


def test_document_type_is_given_as_printed() -> None:
    assert fused(Item.DOCUMENT_TYPE, printed("PN")).value == "PN"


def test_place_comes_from_the_page() -> None:
    reading = fused(Item.BIRTH_PLACE, printed("ZENITH", 0.8))
    assert (reading.value, reading.source, reading.confidence) == ("ZENITH", Source.VIZ, 0.8)


def test_date_has_one_character_entry_for_each_digit() -> None:
    reading = fused(Item.ISSUE_DATE, printed("070416", text="16 APR/AVR 07"))
    assert "".join(c.char for c in reading.characters) == "070416"


def test_a_name_that_was_not_seen_may_be_printed_otherwise() -> None:
    assert (
        fused(Item.GIVEN_NAMES).confidence < fused(Item.SURNAME).confidence < fused(Item.PASSPORT_NUMBER).confidence
    )


def test_names_are_as_sure_as_their_print() -> None:
    assert fused(Item.SURNAME, printed("ERIKSSÖN", 0.6)).confidence <= 0.6


def test_difference_lowers_confidence_and_is_reported() -> None:
    seen = VisualReading({Item.EXPIRY_DATE: printed("120416", 0.8), Item.SURNAME: printed("ERIKSSON")})
    reading = next(r for r in fuse(MRZ, seen) if r.item is Item.EXPIRY_DATE)
    assert reading.value == "120415"
    assert reading.confidence < 0.99
    assert [(c.item, c.mrz, c.printed) for c in contradictions(MRZ, seen)] == [(Item.EXPIRY_DATE, "120415", "120416")]


def test_doubtful_difference_is_not_reported() -> None:
    assert contradictions(MRZ, VisualReading({Item.SURNAME: printed("ERIKSEN", 0.3)})) == ()


def test_visa_without_expiry_of_passport_is_filled_as_far_as_it_goes() -> None:
    visa = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
    values = {r.item: r.value for r in fuse(located(visa), VisualReading())}
    assert (values[Item.DOCUMENT_TYPE], values[Item.NATIONALITY], values[Item.MRZ_LINE_1]) == ("V", "XXX", visa[0])


@given(PROBABILITY, PROBABILITY)
def test_agreement_never_lowers_the_first(first: float, second: float) -> None:
    both = agreement_confidence(first, second)
    assert 0.0 <= both <= 1.0
    assert both >= first


@given(PROBABILITY, PROBABILITY)
def test_different_values_share_at_most_certainty(first: float, second: float) -> None:
    one, two = disagreement_confidences(first, second)
    assert one >= 0.0 and two >= 0.0 and one + two <= 1.0 + 1e-9


def test_lines_printed_with_another_length_are_given_as_printed_and_the_fields_from_the_aligned_ones() -> None:
    lines = (LINES[0][:-1], LINES[1][:39] + LINES[1][40:])
    chars = tuple((0.9,) * len(line) for line in lines)
    reading = replace(MRZ.reading, lines=lines, char_confidences=chars, aligned=LINES, misprinted=True)
    items = {item.item: item for item in fuse(LocatedMrz(reading, (QUAD, OTHER_QUAD)), VisualReading())}
    assert (items[Item.MRZ_LINE_1].value, items[Item.MRZ_LINE_2].value) == lines
    assert [len(items[i].characters) for i in (Item.MRZ_LINE_1, Item.MRZ_LINE_2)] == [43, 43]
    assert items[Item.EXPIRY_DATE].value == "120415"
    assert len(items[Item.EXPIRY_DATE].characters) == 6


@pytest.mark.parametrize(
    ("state", "name", "most"),
    [
        ("D<<", "MUELLER", 0.3),
        ("D<<", "BRANDT", 0.9),
        ("D<<", "GROSS", 0.9),
        ("ISL", "THORSDOTTIR", 0.3),
        ("ISL", "HAAKON", 0.9),
        ("NOR", "HAAKON", 0.3),
        ("USA", "MUELLER", 1.0),
    ],
)
def test_a_name_that_only_the_zone_gives_is_doubtful_where_the_page_may_print_other_letters(
    state: str, name: str, most: float
) -> None:
    upper = f"P<{state}{name}<<ANNA".ljust(44, "<")
    items = {item.item: item for item in fuse(located((upper, LINES[1])), VisualReading())}
    assert items[Item.SURNAME].value == name
    assert 0.8 * most < items[Item.SURNAME].confidence <= most


@pytest.mark.parametrize(("state", "sure"), [("USA", True), ("FRA", False), ("XXX", False)])
def test_a_name_of_a_state_without_national_letters_is_as_sure_as_the_zone(state: str, sure: bool) -> None:
    items = {
        item.item: item
        for item in fuse(located((f"P<{state}BRANDT<<ANNA".ljust(44, "<"), LINES[1])), VisualReading())
    }
    assert (items[Item.SURNAME].confidence == pytest.approx(0.99)) is sure


def test_doubtful_characters_of_the_zone_come_with_their_alternatives() -> None:
    others = tuple(((("B", 0.2), ("<", 0.1)) if k == 5 else ()) for k in range(44))
    reading = replace(MRZ.reading, alternatives=(others, ((),) * 44))
    items = {item.item: item for item in fuse(LocatedMrz(reading, (QUAD, OTHER_QUAD)), VisualReading())}
    assert items[Item.MRZ_LINE_1].characters[5].alternatives == (("B", 0.2), ("<", 0.1))
    assert items[Item.SURNAME].characters[0].alternatives == (("B", 0.2),)
