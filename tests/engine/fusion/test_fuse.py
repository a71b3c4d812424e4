from dataclasses import replace

import pytest

from engine.fusion.fuse import contradictions, doubt_contradicted, fuse
from engine.values.items import Item, ItemReading, Source, VisualReading, VisualValue
from engine.values.mrz import Field
from engine.values.pictures import LocatedMrz, Point
from engine.values.text import CharReading
from tests.engine.readings import located

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
QUAD = (Point(1, 2), Point(9, 2), Point(9, 4), Point(1, 4))
OTHER_QUAD = (Point(1, 6), Point(9, 6), Point(9, 8), Point(1, 8))
MRZ = located(LINES, (QUAD, OTHER_QUAD))


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
    assert fused(Item.DOCUMENT_TYPE, printed("PN", 0.6)).confidence == 0.6
    assert fused(Item.DOCUMENT_TYPE, printed("P", 0.6)).confidence > 0.9


@pytest.mark.parametrize(
    ("code", "state", "seen", "least", "most"),
    [
        pytest.param("PB", "NLD", "PR", 0.0, 0.5, id="another second letter than the zone's"),
        pytest.param("PB", "NLD", "PB", 0.99, 1.0, id="the zone's"),
        pytest.param("PN", "NLD", "P", 0.9, 0.97, id="one letter, the second perhaps overlooked"),
        pytest.param("PO", "CHN", "P", 0.99, 1.0, id="one letter on a page of China, which prints no other"),
    ],
)
def test_a_type_is_as_sure_as_its_second_letter(code: str, state: str, seen: str, least: float, most: float) -> None:
    lines = (
        f"{code}{state}ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        f"L898902C36{state}7408122F1204159ZE184226B<<<<<10",
    )
    visual = VisualReading({Item.DOCUMENT_TYPE: printed(seen, 0.999)})
    found = next(i for i in fuse(located(lines), visual) if i.item is Item.DOCUMENT_TYPE)
    assert found.value == seen
    assert least <= found.confidence <= most


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


@pytest.mark.parametrize(
    ("item", "value", "line"),
    [
        (Item.SURNAME, "ERIKSSEN", [Item.MRZ_LINE_1]),
        (Item.SEX, "M", [Item.MRZ_LINE_2]),
        (Item.EXPIRY_DATE, "120416", []),
        (Item.PASSPORT_NUMBER, "1898902C3", [Item.MRZ_LINE_2]),
    ],
)
def test_a_contradicted_item_is_never_sure_nor_is_its_line_unless_a_check_digit_tells_its_value_from_the_printed_one(
    item: Item, value: str, line: list[Item]
) -> None:
    """The check digit of L898902C3 holds for 1898902C3 as well, for L counts 21; 120416 would have another one."""
    seen = VisualReading({item: printed(value, 0.999)})
    different = contradictions(MRZ, seen)
    sure = tuple(replace(reading, confidence=0.999) for reading in fuse(MRZ, seen))
    doubted = {i.item: i.confidence for i in doubt_contradicted(sure, different, MRZ.reading)}
    assert {item for item, confidence in doubted.items() if confidence < 0.9} == {item, *line}


def test_a_line_is_as_sure_as_it_was_read_where_a_check_digit_tells_its_value_from_the_printed_one() -> None:
    def line(value: str) -> float:
        seen = VisualReading({Item.PASSPORT_NUMBER: printed(value, 0.99)})
        return next(i.confidence for i in fuse(MRZ, seen) if i.item is Item.MRZ_LINE_2)

    assert line("L898902C8") == line("L898902C3")
    assert line("1898902C3") < 0.9 * line("L898902C3")


@pytest.mark.parametrize(("certainty", "told"), [(0.998, True), (0.99999, False)])
def test_a_line_is_doubtful_where_its_doubtful_letter_put_a_printed_name_right(certainty: float, told: bool) -> None:
    """The page says ERIKSSIN, of which the reader was nearly sure."""
    upper = tuple(certainty if k == 11 else 0.99999 for k in range(44))
    reading = replace(MRZ.reading, char_confidences=(upper, *MRZ.reading.char_confidences[1:]))
    seen = printed("ERIKSSON", 0.9)
    letters = (*seen.characters[:6], CharReading("O", 0.1, (("I", 0.9),)), *seen.characters[7:])
    visual = VisualReading({Item.SURNAME: replace(seen, characters=letters)})
    before, line = (
        next(i.confidence for i in fuse(LocatedMrz(reading, MRZ.quads), v) if i.item is Item.MRZ_LINE_1)
        for v in (VisualReading(), visual)
    )
    assert (line < 0.9 * before) is told


def test_a_check_digit_that_was_made_to_hold_vouches_for_nothing() -> None:
    repaired = tuple(replace(check, repaired=True) for check in MRZ.reading.checks)
    reading = replace(MRZ.reading, checks=repaired)
    seen = VisualReading({Item.EXPIRY_DATE: printed("120416", 0.99)})
    line = next(i for i in fuse(LocatedMrz(reading, MRZ.quads), seen) if i.item is Item.MRZ_LINE_2)
    assert line.confidence < 0.9 * reading.line_confidences[1]


def test_a_line_is_as_doubtful_as_its_field_that_the_page_prints_otherwise() -> None:
    agreed = {i.item: i for i in fuse(MRZ, VisualReading({Item.SURNAME: printed("ERIKSSON", 0.99)}))}
    differing = {i.item: i for i in fuse(MRZ, VisualReading({Item.SURNAME: printed("ERIKSSEN", 0.99)}))}
    assert differing[Item.MRZ_LINE_1].confidence < 0.9 * agreed[Item.MRZ_LINE_1].confidence
    assert differing[Item.MRZ_LINE_2].confidence == agreed[Item.MRZ_LINE_2].confidence


def test_another_second_letter_of_the_type_makes_the_line_doubtful() -> None:
    items = {i.item: i for i in fuse(MRZ, VisualReading({Item.DOCUMENT_TYPE: printed("PN", 0.99)}))}
    assert items[Item.DOCUMENT_TYPE].value == "PN"
    assert items[Item.MRZ_LINE_1].confidence < 0.9


def test_a_number_whose_hidden_character_the_page_prints_is_the_printed_one() -> None:
    chars = list(MRZ.reading.char_confidences[1])
    chars[1] = 0.45
    others = [[() for _ in range(44)] for _ in range(2)]
    others[1][1] = (("B", 0.3),)
    fields = tuple((f, 0.45 if f is Field.DOCUMENT_NUMBER else p) for f, p in MRZ.reading.field_confidences)
    reading = replace(
        MRZ.reading,
        char_confidences=(MRZ.reading.char_confidences[0], tuple(chars)),
        alternatives=tuple(tuple(line) for line in others),
        field_confidences=fields,
    )
    seen = VisualReading({Item.PASSPORT_NUMBER: printed("LB98902C3", 0.98)})
    mrz = LocatedMrz(reading, (QUAD, OTHER_QUAD))
    number = next(i for i in fuse(mrz, seen) if i.item is Item.PASSPORT_NUMBER)
    assert (number.value, number.source) == ("LB98902C3", Source.VIZ)
    assert number.confidence > 0.9
    assert contradictions(mrz, seen) == ()


def test_one_name_stands_where_the_page_prints_it() -> None:
    single = located(("P<IND<<AHMADULLA".ljust(44, "<"), LINES[1]), (QUAD, OTHER_QUAD))
    under_given = {i.item: i for i in fuse(single, VisualReading({Item.GIVEN_NAMES: printed("AHMADULLA")}))}
    assert (under_given[Item.SURNAME].value, under_given[Item.GIVEN_NAMES].value) == ("", "AHMADULLA")
    unread = {i.item: i for i in fuse(single, VisualReading())}
    assert (unread[Item.SURNAME].value, unread[Item.GIVEN_NAMES].value) == ("AHMADULLA", "")


def test_a_date_that_does_not_exist_loses_against_a_printed_one() -> None:
    lines = (LINES[0], LINES[1][:21] + "120015" + LINES[1][27:])
    mrz = located(lines, (QUAD, OTHER_QUAD))
    expiry = next(
        i for i in fuse(mrz, VisualReading({Item.EXPIRY_DATE: printed("120415", 0.95)})) if i.item is Item.EXPIRY_DATE
    )
    assert (expiry.value, expiry.source) == ("120415", Source.VIZ)
    alone = next(i for i in fuse(mrz, VisualReading()) if i.item is Item.EXPIRY_DATE)
    assert alone.confidence < 0.9


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


def test_a_contradicted_name_makes_both_doubtful_where_what_parts_them_is_hidden() -> None:
    different = contradictions(MRZ, VisualReading({Item.SURNAME: printed("SMITH", 0.95)}))
    items = fuse(MRZ, VisualReading({Item.GIVEN_NAMES: printed("ANNA MARIA", 0.99)}))
    hidden = replace(MRZ.reading, unseen=((0, 12),))
    for reading, doubted in ((MRZ.reading, False), (hidden, True)):
        given = next(i for i in doubt_contradicted(items, different, reading) if i.item is Item.GIVEN_NAMES)
        assert (given.confidence <= 0.85) is doubted


def test_a_line_with_a_state_that_does_not_exist_is_doubtful() -> None:
    lines = (LINES[0].replace("UTO", "JPN"), LINES[1].replace("UTO", "JPJ"))
    read = {i.item: i.confidence for i in fuse(located(lines, (QUAD, OTHER_QUAD), 0.9999), VisualReading())}
    assert read[Item.MRZ_LINE_2] <= 0.85 < read[Item.MRZ_LINE_1]


def test_a_name_of_the_zone_that_outweighs_a_misread_print_may_be_printed_with_marks() -> None:
    lines = (LINES[0].replace("UTO", "PRT"), LINES[1].replace("UTO", "PRT"))
    sure = located(lines, (QUAD, OTHER_QUAD), 0.9999)
    misread = VisualReading({Item.GIVEN_NAMES: printed("ANNR MARIA", 0.3)})
    given = next(i for i in fuse(sure, misread) if i.item is Item.GIVEN_NAMES)
    assert (given.value, given.confidence <= 0.9) == ("ANNA MARIA", True)


@pytest.mark.parametrize(("seen", "given"), [("Anmo Meria", "Anna Maria"), ("ANMO MERIA", "ANNA MARIA")])
def test_the_zones_name_is_in_small_letters_where_the_misread_print_is(seen: str, given: str) -> None:
    name = fused(Item.GIVEN_NAMES, printed(seen, 0.3))
    assert (name.value, name.source) == (given, Source.MRZ)
    assert "".join(c.char for c in name.characters) == given


def test_a_name_printed_without_the_marks_that_the_zone_writes_is_given_as_printed() -> None:
    lines = (LINES[0].replace("ERIKSSON", "AAKESSON"), LINES[1])
    surname = next(
        i
        for i in fuse(
            located(lines, (QUAD, OTHER_QUAD), 0.9999), VisualReading({Item.SURNAME: printed("AKESSON", 0.99)})
        )
        if i.item is Item.SURNAME
    )
    assert (surname.value, surname.source, surname.confidence <= 0.9) == ("AKESSON", Source.VIZ, True)
