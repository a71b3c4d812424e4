from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.values.items import Item
from engine.values.text import LineText
from engine.visual.items.assign import assign_items
from engine.visual.items.text_spans import RecognisedLine
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import label, line, witnessed
from tests.engine.visual.text.reading import chars_of

pytestmark = pytest.mark.usefixtures("rules_alone")

CHINESE_MRZ = mrz_reading(
    ("POCHNLIANG<<XIAOYU<<<<<<<<<<<<<<<<<<<<<<<<<<", "E123456785CHN8310031F2208051MHLPHNPOLNNHA962")
)
UTOPIAN_MRZ = mrz_reading(
    ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
)
CHINESE_VALUES = (
    line("P", 40, 8.6),
    line("CHN", 58, 8.6),
    line("E12345678", 88, 9.4, 3.1),
    line("一一一", 40, 18.4),
    line("LIANG, XIAOYU", 40, 24.2),
    line("一/F", 40, 33.6),
    line("一一/CHINESE", 60, 33.6),
    line("03 10一/OCT 1983", 89, 33.6),
    line("一一/SHANXI", 40, 42.0),
    line("06 8一/AUG 2012", 89, 42.0),
    line("一一/BEIJING", 40, 50.4),
    line("05 8一/AUG 2022", 89, 50.4),
    line("一一一一一一一一一", 40, 58.6, 2.0),
    line("MPS Exit & Entry Administration", 40, 62.4, 1.95),
)
CHINESE_LABELS = (
    label("一一/Type", 40, 4.7),
    label("一一一/Country Code", 58, 4.7),
    label("一一一一/Passport No.", 88, 5.0),
    label("一一/Name", 40, 13.6),
    label("一一/Sex", 40, 29.7),
    label("一一/Nationality", 60, 29.7),
    label("一一一一/Date of birth", 89, 29.7),
    label("一一一一/Place of birth", 40, 38.1),
    label("一一一一/Date of issue", 89, 38.1),
    label("一一一一/Place of issue", 40, 46.5),
    label("一一一一/Date of expiry", 89, 46.5),
    label("一一一一/Authority", 40, 54.4),
)
CHINESE_ITEMS = {
    Item.DOCUMENT_TYPE: "P",
    Item.ISSUING_STATE: "CHN",
    Item.PASSPORT_NUMBER: "E12345678",
    Item.SEX: "F",
    Item.NATIONALITY: "CHN",
    Item.BIRTH_DATE: "831003",
    Item.BIRTH_PLACE: "SHANXI",
    Item.ISSUE_DATE: "120806",
    Item.ISSUE_PLACE: "BEIJING",
    Item.EXPIRY_DATE: "220805",
    Item.AUTHORITY: "MPS Exit & Entry Administration",
    Item.SURNAME: "LIANG",
    Item.GIVEN_NAMES: "XIAOYU",
}
UTOPIAN_PAGE = (
    label("Type/ Type", 35, 11.0),
    line("P", 37, 14.0),
    label("Country code/ Code du pays", 53, 11.0),
    line("UTO", 56, 14.0),
    label("Passport Number/ N° de passeport", 85, 11.0),
    line("L898902C3", 90, 14.0),
    label("Surname/ Nom", 35, 18.0),
    line("ERIKSSON", 37, 21.0),
    label("Given names/ Prénoms", 35, 25.0),
    line("ANNA MARIA", 37, 28.0),
    label("Nationality/ Nationalité", 35, 32.0),
    line("UTOPIAN", 37, 35.0),
    label("Date of birth/ Date de naissance", 35, 39.0),
    line("12 AUGUST/AOUT 74", 37, 42.0),
    label("Sex/ Sexe", 35, 46.0),
    line("F", 37, 49.0),
    label("Place of birth/ Lieu de naissance", 62, 46.0),
    line("ZENITH", 65, 49.0),
    label("Date of issue/ Date de délivrance", 35, 53.0),
    line("16 APR/AVR 07", 37, 56.0),
    label("Authority/ Autorité", 82, 53.0),
    line("PASSPORT OFFICE", 85, 56.0),
    label("Date of expiry/ Date d'expiration", 35, 60.0),
    line("15 APR/AVR 12", 37, 63.0),
)


def replace_row(x: RecognisedLine, baseline: float) -> RecognisedLine:
    """``x`` in another row."""
    return replace(x, area=x.area._replace(top=baseline - x.area.height, bottom=baseline))


def values(lines: tuple[RecognisedLine, ...], mrz: object = CHINESE_MRZ) -> dict[Item, str]:
    return {item: value.value for item, value in assign_items(lines, mrz).items()}  # type: ignore[arg-type]


def test_a_chinese_page_with_labels_is_complete() -> None:
    assert values((*CHINESE_VALUES, *CHINESE_LABELS)) == CHINESE_ITEMS


def test_a_chinese_page_whose_labels_are_too_small_to_read_is_complete() -> None:
    found = values(CHINESE_VALUES)
    assert {item: found[item] for item in found if item is not Item.NATIONALITY} == {
        item: value for item, value in CHINESE_ITEMS.items() if item is not Item.NATIONALITY
    }


def test_a_page_with_labels_of_another_state() -> None:
    assert values(UTOPIAN_PAGE, UTOPIAN_MRZ) == {
        Item.DOCUMENT_TYPE: "P",
        Item.ISSUING_STATE: "UTO",
        Item.PASSPORT_NUMBER: "L898902C3",
        Item.SEX: "F",
        Item.NATIONALITY: "UTO",
        Item.BIRTH_DATE: "740812",
        Item.BIRTH_PLACE: "ZENITH",
        Item.ISSUE_DATE: "070416",
        Item.EXPIRY_DATE: "120415",
        Item.AUTHORITY: "PASSPORT OFFICE",
        Item.SURNAME: "ERIKSSON",
        Item.GIVEN_NAMES: "ANNA MARIA",
    }


def test_each_name_of_one_printed_value_has_its_own_box() -> None:
    found = assign_items((*CHINESE_VALUES, *CHINESE_LABELS), CHINESE_MRZ)
    surname, given = found[Item.SURNAME].quad, found[Item.GIVEN_NAMES].quad
    assert surname[0].x == pytest.approx(400, abs=10)
    assert surname[1].x < given[0].x
    assert given[1].x == pytest.approx(400 + 13 * 16.8, abs=10)


def test_box_of_a_bilingual_value_is_that_of_its_latin_part() -> None:
    found = assign_items((*CHINESE_VALUES, *CHINESE_LABELS), CHINESE_MRZ)
    assert found[Item.BIRTH_PLACE].quad[0].x == pytest.approx(400 + 3 * 16.8, abs=10)


def test_a_stroke_misread_in_a_known_text_does_not_part_it() -> None:
    page = tuple(
        line("MPS Exit & Entry/ Administration", 40, 62.4, 1.95) if x.text.text.startswith("MPS") else x
        for x in CHINESE_VALUES
    )
    assert values((*page, *CHINESE_LABELS))[Item.AUTHORITY] == "MPS Exit & Entry Administration"


@pytest.mark.parametrize("height", [1.7, 2.4])
def test_a_known_authority_that_resembles_a_label_is_none(height: float) -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.area.height > 2 and x.text.text != "PASSPORT OFFICE")
    found = values((*page, line("NATIONAL PASSPORT CENTER", 85, 56.0, height)), UTOPIAN_MRZ)
    assert found[Item.AUTHORITY] == "NATIONAL PASSPORT CENTER"


def test_in_the_row_of_the_date_of_issue_birth_stands_before_it_and_authority_after() -> None:
    """German pages without readable labels: the place of birth shares the row of the date of issue."""
    page = tuple(x for x in UTOPIAN_PAGE if x.area.height > 2 and x.text.text not in ("ZENITH", "PASSPORT OFFICE"))
    page = tuple(replace_row(line("16 APR/AVR 07", 85, 56.0), 56.0) if "AVR 07" in x.text.text else x for x in page)
    found = values((*page, line("ZENITH", 37, 56.0), line("BUNDESDRUCKEREI", 37, 68.0)), UTOPIAN_MRZ)
    assert (found[Item.BIRTH_PLACE], found[Item.AUTHORITY]) == ("ZENITH", "BUNDESDRUCKEREI")


def test_lines_of_one_authority_are_joined() -> None:
    page = (*UTOPIAN_PAGE, line("CAPITAL BRANCH", 85, 59.6))
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == "PASSPORT OFFICE CAPITAL BRANCH"


@pytest.mark.parametrize(
    "lines", [("MINISTERE DES AFFAIRES", "ETRANGERES"), ("MINISTERE DES", "AFFAIRES ETRANGERES")]
)
def test_an_authority_that_is_known_keeps_the_space_where_its_lines_end(lines: tuple[str, str]) -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.text.text != "PASSPORT OFFICE")
    page = (*page, line(lines[0], 85, 56.0), line(lines[1], 85, 59.6))
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == "MINISTERE DES AFFAIRES ETRANGERES"


@pytest.mark.parametrize("end", ["/", " /"])
def test_a_slash_at_the_end_of_a_line_stays_where_another_goes_on_with_it(end: str) -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.text.text != "PASSPORT OFFICE")
    page = (*page, line(f"POLIISI{end}", 85, 56.0), line("POLISEN", 85, 59.6))
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == f"POLIISI{end} POLISEN"


@pytest.mark.parametrize(
    ("beside", "birth", "issue"), [("Place of issue", "ZENITH", "NADIR"), (None, "ZENITH NADIR", None)]
)
def test_a_label_beside_the_next_line_parts_it_from_a_value_with_a_label_beside_it(
    beside: str | None, birth: str, issue: str | None
) -> None:
    page = (
        *(x for x in UTOPIAN_PAGE if x.area.bottom < 45),
        label("Place of birth", 35, 49.0),
        line("ZENITH", 49, 49.0),
        *([label(beside, 35, 53.0)] if beside else []),
        line("NADIR", 49, 53.0),
    )
    found = values(page, UTOPIAN_MRZ)
    assert (found[Item.BIRTH_PLACE], found.get(Item.ISSUE_PLACE)) == (birth, issue)


def test_lines_of_an_authority_may_be_flush_right_or_far_apart() -> None:
    second = line("AND CAPITAL BRANCH", 85 - 3 * 1.68, 61.5)
    page = tuple(second if "APR/AVR 12" in x.text.text else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == "PASSPORT OFFICE AND CAPITAL BRANCH"


def test_the_line_above_belongs_to_the_value_too() -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.text.text != "PASSPORT OFFICE")
    page = (*page, line("BH", 85 + 14 * 1.68, 56.0), line("DISTANT-REGIONS!", 85, 59.6))
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY].startswith("BH DISTANT-REGIONS")


def test_two_fields_read_as_one_line_are_parted_under_their_labels() -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.text.text not in ("ZENITH", "F"))
    joined = line("NEW ZENITH TOWN  UPPER", 62.5, 49.0)
    found = values((*page, joined, label("Place of issue", 91, 46.0)), UTOPIAN_MRZ)
    assert (found[Item.BIRTH_PLACE], found[Item.ISSUE_PLACE]) == ("NEW ZENITH TOWN", "UPPER")


def test_a_label_in_two_languages_does_not_part_its_value() -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.area.left < 82 or x.area.bottom < 50)
    labels = (label("Autorité", 75, 53.0), label("Authority", 90.12, 53.0))
    page = (*page, *labels, line("PASSPORT OFFICE OF ZENITH", 75, 56.0))
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == "PASSPORT OFFICE OF ZENITH"


def test_a_name_is_not_parted_within_a_word() -> None:
    page = tuple(
        x for x in UTOPIAN_PAGE if x.text.text not in ("ERIKSSON", "ANNA MARIA") and "ames" not in x.text.text
    )
    labels = (label("Name", 35, 25.0), label("Surname", 51.8, 25.0), label("Given names", 60.2, 25.0))
    page = (*page, *labels, line("ERIKSSON, ANNA-MARIA", 35, 28.0))
    assert values(page, UTOPIAN_MRZ)[Item.GIVEN_NAMES] == "ANNA-MARIA"


def test_a_line_as_high_as_values_that_only_resembles_a_label_is_a_value() -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.area.height > 2)
    page = tuple(line("NATIONAL PASSPORT", 85, 56.0) if "OFFICE" in x.text.text else x for x in page)
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == "NATIONAL PASSPORT"


def test_a_hardly_read_label_of_an_item_found_elsewhere_hides_no_place() -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.area.height > 2)
    page = (*page, label("Date oz brth / Date of bird", 62, 46.0), label("Date of birth", 35, 39.0))
    assert values(page, UTOPIAN_MRZ)[Item.BIRTH_PLACE] == "ZENITH"


def test_of_two_places_in_a_row_without_labels_the_first_is_that_of_birth() -> None:
    page = (line("NADIR", 90, 48.9), *(x for x in UTOPIAN_PAGE if x.area.height > 2))
    assert values(page, UTOPIAN_MRZ)[Item.BIRTH_PLACE] == "ZENITH"


def test_the_place_beside_the_birth_date_needs_no_date_of_issue() -> None:
    page = (x for x in UTOPIAN_PAGE if x.area.height > 2 and x.text.text not in ("16 APR/AVR 07", "ZENITH", "F"))
    up = tuple(replace_row(x, 47.0) if "APR/AVR 12" in x.text.text else x for x in page)
    assert values((*up, line("ZENITH", 80, 41.8)), UTOPIAN_MRZ)[Item.BIRTH_PLACE] == "ZENITH"


def test_a_label_begins_with_what_another_script_says_before_it() -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.area.left < 82 or x.area.bottom < 50 or x.area.bottom > 57)
    page = tuple(x for x in page if "Date of issue" not in x.text.text)
    joined = line("Date of issue       XYZZYX XYZZY/AUTHORITY", 35, 53.0, 1.2)
    chars = list(joined.text.chars)
    chars[13:20] = [replace(chars[13], end=chars[19].end)]
    joined = replace(joined, text=LineText(tuple(chars)))
    assert values((*page, joined, line("4601", 51.8, 56.0)), UTOPIAN_MRZ)[Item.AUTHORITY] == "4601"


def test_the_state_named_as_place_of_birth_is_no_nationality() -> None:
    page = tuple(line("UTOPIAN", 65, 56.0) if x.text.text == "PASSPORT OFFICE" else x for x in UTOPIAN_PAGE)
    page = tuple(x for x in page if x.area.height > 2 and not (x.text.text == "UTOPIAN" and x.area.bottom < 50))
    assert Item.NATIONALITY not in values(page, UTOPIAN_MRZ)


def test_what_is_stamped_over_the_page_is_no_place() -> None:
    page = tuple(line("ZENITH SPECIMEN", 65, 49.0) if x.text.text == "ZENITH" else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.BIRTH_PLACE] == "ZENITH"
    stamped = tuple(line("COPY", 65, 49.0) if x.text.text == "ZENITH" else x for x in UTOPIAN_PAGE)
    assert Item.BIRTH_PLACE not in values(stamped, UTOPIAN_MRZ)


def test_an_authority_in_small_print_over_two_lines_needs_no_label() -> None:
    page = tuple(x for x in UTOPIAN_PAGE if x.area.height > 2 and x.text.text != "PASSPORT OFFICE")
    page = (*page, line("MINISTRY OF TRAVEL", 85, 54.8, 1.4), line("AND DISTANCE", 85, 57.2, 1.5))
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == "MINISTRY OF TRAVEL AND DISTANCE"


def test_a_place_may_begin_with_an_apostrophe() -> None:
    page = tuple(line("'s-Gravenhage", 65, 49.0) if x.text.text == "ZENITH" else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.BIRTH_PLACE] == "'s-Gravenhage"


def test_a_stroke_behind_a_place_is_no_ideograph() -> None:
    page = tuple(line("一一/SHANXI 一", 40, 42.0) if "SHANXI" in x.text.text else x for x in CHINESE_VALUES)
    assert values(page)[Item.BIRTH_PLACE] == "SHANXI"


def test_of_two_values_left_neither_is_the_place_of_issue() -> None:
    page = (*(x for x in UTOPIAN_PAGE if x.area.height > 2), line("NADIR", 85, 63.0), line("AZIMUTH", 60, 63.0))
    unread = (label("Xqace oz lssve", 85, 60.0), label("Xqace oz lssve", 60, 60.0))
    assert Item.ISSUE_PLACE not in values((*page, *unread), UTOPIAN_MRZ)


def test_a_place_with_another_piece_close_beside_it_is_doubtful() -> None:
    alone = assign_items(UTOPIAN_PAGE, UTOPIAN_MRZ)[Item.BIRTH_PLACE]
    page = (*UTOPIAN_PAGE, line("DALE", 65 + 7.2 * 1.68, 49.2))
    assert assign_items(page, UTOPIAN_MRZ)[Item.BIRTH_PLACE].confidence < 0.5 * alone.confidence


def test_a_place_that_is_the_beginning_of_a_known_one_is_doubtful() -> None:
    page = tuple(line("一一/BEIJ", 40, 50.4) if "BEIJING" in x.text.text else x for x in CHINESE_VALUES)
    assert assign_items(page, CHINESE_MRZ)[Item.ISSUE_PLACE].confidence < 0.2


def test_a_line_whose_beginning_is_hidden_makes_the_value_above_it_doubtful() -> None:
    alone = assign_items(UTOPIAN_PAGE, UTOPIAN_MRZ)[Item.AUTHORITY]
    page = (*UTOPIAN_PAGE, line("TAL BRANCH OF ZENITH", 85 + 14 * 1.68, 59.6))
    found = assign_items(page, UTOPIAN_MRZ)[Item.AUTHORITY]
    assert found.value == alone.value
    assert found.confidence < 0.5 * alone.confidence


def test_two_places_read_as_one_line_are_parted_at_the_widest_space() -> None:
    joined = line("NEW ZENITH CITY    UPPER NADIR", 62.5, 49.0)
    page = tuple(joined if x.text.text == "ZENITH" else x for x in UTOPIAN_PAGE)
    chars = list(joined.text.chars)
    chars[15:19] = [replace(chars[15], end=chars[18].end)]  # a reader says one space, however wide it is
    page = tuple(replace(x, text=LineText(tuple(chars))) if x is joined else x for x in page)
    assert values(page, UTOPIAN_MRZ)[Item.BIRTH_PLACE] == "NEW ZENITH CITY"


@pytest.mark.parametrize("between", [label("Signature", 85, 58.5), label("ƏƏ xqzj vvv", 85, 58.5)])
def test_small_print_parts_an_authority_from_the_next_value(between: RecognisedLine) -> None:
    page = (*UTOPIAN_PAGE, between, line("J OFFICER", 85, 61.0))
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == "PASSPORT OFFICE"


def test_a_letter_lost_beside_a_hyphen_is_not_the_hyphen() -> None:
    page = tuple(line("ANN-MARIA", 37, 28.0) if x.text.text == "ANNA MARIA" else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.GIVEN_NAMES] == "ANNA-MARIA"


def test_a_speck_beside_the_space_of_a_name_is_none_of_it() -> None:
    page = tuple(line("ANNA. MARIA", 37, 28.0, certainty=0.9) if "ANNA" in x.text.text else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.GIVEN_NAMES] == "ANNA MARIA"


def test_of_two_dates_before_birth_and_misread_print_the_sure_one_is_the_date_of_issue() -> None:
    old = mrz_reading((UTOPIAN_MRZ.lines[0], "L898902C36UTO1108122F1204159ZE184226B<<<<<14"))
    page = tuple(x for x in UTOPIAN_PAGE if "Date" not in x.text.text)
    found = assign_items((*page, line("09rDCto Erro 11", 37, 59.0, 1.3, 0.6)), old)[Item.ISSUE_DATE]
    assert (found.value, found.confidence < 0.2) == ("070416", True)


@pytest.mark.parametrize("text", ["MINISTRY OF", "DIRECTION DES"])
def test_an_authority_that_must_go_on_is_doubtful(text: str) -> None:
    page = tuple(line(text, 85, 56.0) if x.text.text == "PASSPORT OFFICE" else x for x in UTOPIAN_PAGE)
    found = assign_items(page, UTOPIAN_MRZ)[Item.AUTHORITY]
    assert found.confidence < 0.2


def test_an_authority_of_figures_only_stands_under_its_label() -> None:
    page = tuple(line("8001", 85, 56.0) if x.text.text == "PASSPORT OFFICE" else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.AUTHORITY] == "8001"
    silent = tuple(x for x in page if "Authority" not in x.text.text)
    assert Item.AUTHORITY not in values(silent, UTOPIAN_MRZ)


def test_places_follow_from_the_order_where_labels_are_illegible() -> None:
    values_only = tuple(x for x in UTOPIAN_PAGE if x.area.height > 2)
    found = values(values_only, UTOPIAN_MRZ)
    assert (found[Item.BIRTH_PLACE], found[Item.AUTHORITY]) == ("ZENITH", "PASSPORT OFFICE")


def test_a_birth_date_that_was_misread_does_not_hide_the_place_of_birth() -> None:
    values_only = tuple(x for x in UTOPIAN_PAGE if x.area.height > 2)
    page = tuple(line("42 AUGUST/AOUT 74", 37, 42.0) if "AOUT" in x.text.text else x for x in values_only)
    assert values(page, UTOPIAN_MRZ)[Item.BIRTH_PLACE] == "ZENITH"


def test_the_national_letter_of_the_sex_is_no_place() -> None:
    page = tuple(line("KVK/F", 37, 49.0) if x.text.text == "F" else x for x in UTOPIAN_PAGE)
    page = tuple(x for x in page if x.text.text != "ZENITH")
    assert Item.BIRTH_PLACE not in values(page, UTOPIAN_MRZ)


def test_nothing_is_invented_without_evidence() -> None:
    assert assign_items((), UTOPIAN_MRZ) == {}
    stray = (line("ZENITH", 65, 49.0), line("PASSPORT OFFICE", 85, 56.0))
    assert assign_items(stray, UTOPIAN_MRZ) == {}


@pytest.mark.parametrize("read", ["ANNA-MÁRIA", "ANNA -MÁRIA", "ANNA - MÁRIA"])
def test_names_keep_accents_and_hyphens(read: str) -> None:
    page = tuple(line(read, 37, 28.0) if x.text.text == "ANNA MARIA" else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.GIVEN_NAMES] == "ANNA-MÁRIA"


@pytest.mark.parametrize("mark", [".", "·", "~", "_", "=", ":"])
def test_a_mark_where_the_mrz_parts_a_name_is_a_misread_hyphen(mark: str) -> None:
    hyphen, misread = (
        assign_items(
            tuple(line(f"ANNA{char}MARIA", 37, 28.0) if "ANNA" in x.text.text else x for x in UTOPIAN_PAGE),
            UTOPIAN_MRZ,
        )[Item.GIVEN_NAMES]
        for char in ("-", mark)
    )
    assert (misread.value, misread.printed) == ("ANNA-MARIA", f"ANNA{mark}MARIA")
    assert misread.confidence < 0.7 * hyphen.confidence


def test_a_mark_where_the_mrz_does_not_part_a_name_is_no_hyphen() -> None:
    mrz = mrz_reading(("P<UTOERIKSSON<<ANNAMARIA<<<<<<<<<<<<<<<<<<<<", UTOPIAN_MRZ.lines[1]))
    page = tuple(line("ANNA.MARIA", 37, 28.0) if "ANNA" in x.text.text else x for x in UTOPIAN_PAGE)
    assert values(page, mrz)[Item.GIVEN_NAMES] == "ANNA.MARIA"


def test_a_space_that_the_reader_lost_is_where_the_mrz_parts_the_name() -> None:
    page = tuple(line("ANNAMARIA", 37, 28.0) if x.text.text == "ANNA MARIA" else x for x in UTOPIAN_PAGE)
    found = assign_items(page, UTOPIAN_MRZ)[Item.GIVEN_NAMES]
    assert found.value == "ANNA MARIA"
    assert found.confidence < 0.5


def test_a_cut_name_keeps_the_spaces_after_its_cut() -> None:
    mrz = mrz_reading(("P<UTOBENNELONG<WOOLOOMOOLOO<<MARIA<DE<LOS<AN", UTOPIAN_MRZ.lines[1]))
    page = (line("BENNELONG WOOLOOMOOLOO", 37, 21.0), line("MARIA DE LOS ANGELES GUADALUPE", 37, 28.0))
    assert values(page, mrz)[Item.GIVEN_NAMES] == "MARIA DE LOS ANGELES GUADALUPE"


def test_a_name_whose_parts_are_cut_keeps_the_spaces_of_the_print() -> None:
    mrz = mrz_reading(("P<UTONILAVADHANANANDA<<MARIA<DE<LOS<ANGELE<G", UTOPIAN_MRZ.lines[1]))
    page = (line("NILAVADHANANANDA", 37, 21.0), line("MARIA DE LOS ANGELES GUADALUPE", 37, 28.0))
    assert values(page, mrz)[Item.GIVEN_NAMES] == "MARIA DE LOS ANGELES GUADALUPE"


def test_a_letter_that_the_mrz_writes_with_xx_is_one_printed_letter() -> None:
    mrz = mrz_reading(("P<ESPMUNXXOZ<PENA<<ANNA<MARIA<<<<<<<<<<<<<<<", UTOPIAN_MRZ.lines[1]))
    page = (line("MUÑOZ PEÑA", 37, 21.0), line("ANNA MARIA", 37, 28.0))
    assert values(page, mrz)[Item.SURNAME] == "MUÑOZ PEÑA"


def test_a_letter_that_stands_for_three_is_no_part_of_another_one_written_in_two() -> None:
    mrz = mrz_reading(("P<ESPGUXXELL<ROCA<<ANNA<MARIA<<<<<<<<<<<<<<<", UTOPIAN_MRZ.lines[1]))
    page = (line("GÜEL LROCA", 37, 21.0), line("ANNA MARIA", 37, 28.0))
    assert values(page, mrz)[Item.SURNAME] == "GÜELL ROCA"


def test_a_sure_print_is_not_put_right_by_a_doubtful_mrz() -> None:
    mrz = mrz_reading(UTOPIAN_MRZ.lines, confidence=0.3)
    page = tuple(line("ERIKSZON", 37, 21.0) if x.text.text == "ERIKSSON" else x for x in UTOPIAN_PAGE)
    assert values(page, mrz)[Item.SURNAME] == "ERIKSZON"


def test_a_misread_letter_of_a_name_is_put_right_with_less_confidence() -> None:
    good = assign_items(UTOPIAN_PAGE, UTOPIAN_MRZ)[Item.SURNAME]
    page = tuple(line("ERIKSS0N", 37, 21.0, certainty=0.9) if x.text.text == "ERIKSSON" else x for x in UTOPIAN_PAGE)
    poor = assign_items(page, UTOPIAN_MRZ)[Item.SURNAME]
    assert poor.value == "ERIKSSON"
    assert poor.confidence < good.confidence


def test_a_date_that_contradicts_the_mrz_is_given_as_read() -> None:
    page = tuple(line("01 MAR 2024", 37, 63.0) if "APR/AVR 12" in x.text.text else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.EXPIRY_DATE] == "240301"


def test_a_birth_date_with_a_misread_figure_is_no_date_of_issue() -> None:
    page = tuple(
        line("13 AUGUST/AOUT 74", 37, 42.0, certainty=0.7) if "AOUT" in x.text.text else x for x in UTOPIAN_PAGE
    )
    page = tuple(x for x in page if "AVR 07" not in x.text.text)
    found = assign_items(page, UTOPIAN_MRZ)
    assert Item.ISSUE_DATE not in found or found[Item.ISSUE_DATE].confidence < 0.05


def test_a_date_read_with_a_doubtful_figure_is_the_one_the_mrz_gives() -> None:
    page = tuple(
        line("I5 AP8 /AVR 12", 37, 63.0, certainty=0.7) if "AVR 12" in x.text.text else x for x in UTOPIAN_PAGE
    )
    found = assign_items(page, UTOPIAN_MRZ)[Item.EXPIRY_DATE]
    assert (found.value, found.printed) == ("120415", "I5 AP8 /AVR 12")


def test_the_date_that_makes_the_validity_usual_is_the_date_of_issue() -> None:
    values_only = tuple(x for x in UTOPIAN_PAGE if x.area.height > 2)
    page = (*values_only, line("03 MAR 09", 85, 49.0))
    assert values(page, UTOPIAN_MRZ)[Item.ISSUE_DATE] == "070416"


def misread(text: str, doubtful: Mapping[int, tuple[float, Mapping[str, float]]]) -> RecognisedLine:
    """The line of the date of issue, some of its characters read with doubt."""
    return witnessed(chars_of(text, 0.99, doubtful), 37, 56.0)


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("1l6 APR/AVR 07", {1: (0.7, {"": 0.2})}),
        ("16 APR/AVR 071", {13: (0.7, {"": 0.2})}),
        ("16X APR/AVR 07", {2: (0.7, {"": 0.2})}),
        ("16 APR/AVR 8O7", {11: (0.6, {"": 0.3}), 12: (0.6, {"0": 0.3})}),
        ("2007.0416", {}),
        ("20071 04-16", {4: (0.6, {"": 0.3}), 5: (0.6, {"-": 0.3})}),
    ],
)
def test_a_misread_date_of_issue_is_the_one_from_which_a_usual_validity_runs(
    text: str, doubtful: Mapping[int, tuple[float, Mapping[str, float]]]
) -> None:
    read = misread(text, doubtful)
    page = tuple(read if x.text.text == "16 APR/AVR 07" else x for x in UTOPIAN_PAGE)
    found = assign_items(page, UTOPIAN_MRZ)[Item.ISSUE_DATE]
    assert found.value == "070416"
    assert found.confidence < 0.95


def test_the_last_figure_of_a_misread_date_of_issue_may_be_the_reader_s_second_thought() -> None:
    read = misread("16X APR/AVR 0T", {2: (0.7, {"": 0.2}), 13: (0.5, {"7": 0.4})})
    page = tuple(read if x.text.text == "16 APR/AVR 07" else x for x in UTOPIAN_PAGE)
    assert values(page, UTOPIAN_MRZ)[Item.ISSUE_DATE] == "070416"


@pytest.mark.parametrize("text", ["APR/AVR", "1X APR/AVR 07", "16 APR/AVR", "16 APR/AVR 0"])
def test_a_date_of_issue_that_two_validities_explain_is_not_guessed(text: str) -> None:
    page = tuple(misread(text, {}) if x.text.text == "16 APR/AVR 07" else x for x in UTOPIAN_PAGE)
    assert Item.ISSUE_DATE not in values(page, UTOPIAN_MRZ)


def test_date_of_issue_after_expiry_is_doubtful() -> None:
    page = tuple(line("16 APR/AVR 13", 37, 56.0) if "AVR 07" in x.text.text else x for x in UTOPIAN_PAGE)
    plausible = assign_items(UTOPIAN_PAGE, UTOPIAN_MRZ)[Item.ISSUE_DATE].confidence
    found = assign_items(page, UTOPIAN_MRZ)[Item.ISSUE_DATE]
    assert found.value == "130416"
    assert found.confidence < 0.05 < plausible


def test_place_of_issue_stays_absent_where_none_is_printed() -> None:
    assert Item.ISSUE_PLACE not in assign_items(UTOPIAN_PAGE, UTOPIAN_MRZ)


def test_confidence_follows_the_reader() -> None:
    sure = assign_items((*CHINESE_VALUES, *CHINESE_LABELS), CHINESE_MRZ)[Item.BIRTH_PLACE]
    doubtful_lines = tuple(
        replace(x, text=line(x.text.text, 40, 42, certainty=0.7).text) if "SHANXI" in x.text.text else x
        for x in (*CHINESE_VALUES, *CHINESE_LABELS)
    )
    assert assign_items(doubtful_lines, CHINESE_MRZ)[Item.BIRTH_PLACE].confidence < sure.confidence


def test_a_nationality_with_nothing_but_ideographs_behind_it_is_the_name_before_them() -> None:
    """Found by fuzzing: an ideograph read at the end of the line left no characters to box."""
    lines = tuple(
        line("CHINESE/一", 60, 33.6) if part.text.text == "一一/CHINESE" else part for part in CHINESE_VALUES
    )
    found = assign_items((*CHINESE_LABELS, *lines), CHINESE_MRZ)
    assert (found[Item.NATIONALITY].value, found[Item.NATIONALITY].printed) == ("CHN", "CHINESE")


def test_a_number_is_found_whose_mark_is_a_filler_of_the_zone() -> None:
    mrz = mrz_reading(
        ("PSCHNLIANG<<XIAOYU<<<<<<<<<<<<<<<<<<<<<<<<<<", "P<12345673CHN8310039F2208051<<<<<<<<<<<<<<<6")
    )
    assert mrz.fields.document_number == "P<1234567"
    assert all(check.ok for check in mrz.checks)
    lines = (
        *(line("P.1234567", 88, 9.4, 3.1) if x.text.text == "E12345678" else x for x in CHINESE_VALUES),
        *CHINESE_LABELS,
    )
    number = assign_items(lines, mrz)[Item.PASSPORT_NUMBER]
    assert (number.value, number.printed) == ("P<1234567", "P.1234567")
    assert number.confidence > 0.9


@pytest.mark.parametrize(("state", "date"), [("POL", "060713"), ("HRV", "060613")])
def test_the_states_language_tells_which_month_is_printed(state: str, date: str) -> None:
    mrz = mrz_reading(
        (f"P<{state}ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", f"L898902C36{state}7408122F1204159ZE184226B<<<<<10")
    )
    page = tuple(line("13 LIP 06", 37, 56.0) if x.text.text == "16 APR/AVR 07" else x for x in UTOPIAN_PAGE)
    assert values(page, mrz)[Item.ISSUE_DATE] == date


@pytest.mark.parametrize(
    ("labels", "first"),
    [
        (("Sumame", "G1ven nam"), Item.SURNAME),
        (("Given names", "G1ven nam"), Item.SURNAME),
        (("Given names", "Surname"), Item.GIVEN_NAMES),
    ],
)
def test_of_two_names_that_are_one_word_the_upper_is_the_surname(labels: tuple[str, str], first: Item) -> None:
    mrz = mrz_reading(
        ("P<HRVSPECIMEN<<SPECIMEN<<<<<<<<<<<<<<<<<<<<<", "L898902C36HRV7408122F1204159ZE184226B<<<<<10")
    )
    upper, lower = (line("SPECIMEN", 40, y) for y in (30, 40))
    page = (label(labels[0], 40, 26.5), upper, label(labels[1], 40, 36.5), lower)
    values = assign_items(page, mrz)
    second = Item.GIVEN_NAMES if first is Item.SURNAME else Item.SURNAME
    assert values[first].quad[0].y < values[second].quad[0].y


def test_a_type_that_is_printed_as_its_second_letter() -> None:
    mrz = mrz_reading(
        ("PDUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    )
    page = [label("Type", 40, 6), line("D", 40, 9.6), label("Sex", 40, 27), line("F", 40, 31)]
    assert assign_items(page, mrz)[Item.DOCUMENT_TYPE].value == "D"
    assert Item.DOCUMENT_TYPE not in assign_items(page[2:], mrz)
    assert assign_items([*page, line("P", 40, 20)], mrz)[Item.DOCUMENT_TYPE].value == "P"
