"""What a page without a zone lets suppose of it: a page of text as if it had been read perfectly."""

from engine.values.items import Item
from engine.visual.alone.supposed_zone import suppose_zone
from engine.visual.items.assign import assign_items
from engine.visual.items.text_spans import RecognisedLine
from tests.engine.visual.pages import label, line

_ROWS = (
    (("Type", "P", 40), ("Country code", "UTO", 62), ("Passport No.", "L898902C3", 90)),
    (("Surname", "ERIKSSON", 40),),
    (("Given names", "ANNA MARIA", 40),),
    (("Nationality", "UTOPIAN", 40), ("Date of birth", "12 AUG 1974", 80)),
    (("Sex", "F", 40), ("Place of birth", "ZENITH", 60)),
    (("Date of issue", "16 APR 2007", 40), ("Authority", "PASSPORT OFFICE", 80)),
    (("Date of expiry", "15 APR 2012", 40),),
)


def page(**other: str) -> list[RecognisedLine]:
    lines = [line("PASSPORT", 5, 8), line("UTOPIA", 60, 8)]
    for number, row in enumerate(_ROWS):
        for name, value, left in row:
            baseline = 17.0 + 8 * number
            lines += [label(name, left, baseline - 3.6), line(other.get(name.split()[0], value), left, baseline)]
    return lines


def test_fields_are_those_of_the_words() -> None:
    fields = suppose_zone(page()).reading.fields
    assert (fields.document_number, fields.surname, fields.given_names) == ("L898902C3", "ERIKSSON", "ANNA MARIA")
    assert (fields.birth_date, fields.expiry_date, fields.sex) == ("740812", "120415", "F")
    assert (fields.issuing_state, fields.nationality, fields.document_code) == ("UTO", "UTO", "P")


def test_the_page_is_read_by_what_was_supposed() -> None:
    values = assign_items(page(), suppose_zone(page()).reading)
    assert {item: value.value for item, value in values.items()} == {
        Item.DOCUMENT_TYPE: "P",
        Item.ISSUING_STATE: "UTO",
        Item.PASSPORT_NUMBER: "L898902C3",
        Item.SURNAME: "ERIKSSON",
        Item.GIVEN_NAMES: "ANNA MARIA",
        Item.NATIONALITY: "UTO",
        Item.BIRTH_DATE: "740812",
        Item.SEX: "F",
        Item.BIRTH_PLACE: "ZENITH",
        Item.ISSUE_DATE: "070416",
        Item.AUTHORITY: "PASSPORT OFFICE",
        Item.EXPIRY_DATE: "120415",
    }


def test_a_zone_that_was_not_read_proves_nothing() -> None:
    supposed = suppose_zone(page())
    assert not supposed.reading.checks_hold
    assert not supposed.reading.checks_ok
    assert supposed.reading.lines == ()


def test_a_date_of_which_nothing_tells_the_order_is_doubted() -> None:
    sure = suppose_zone(page())
    doubtful = suppose_zone(page(Date="03/04/2005"))
    assert sure.chances[Item.EXPIRY_DATE] > 0.9
    assert doubtful.chances.get(Item.EXPIRY_DATE, 0.0) < 0.5


def test_a_page_without_words_supposes_nothing() -> None:
    supposed = suppose_zone([])
    assert supposed.chances == {}
    assert supposed.reading.fields.document_number == ""
