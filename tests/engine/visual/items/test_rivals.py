"""Pages that print another thing than their machine readable zone says: each is given as printed."""

from dataclasses import replace

import pytest

from engine.values.items import Item, VisualValue
from engine.values.mrz import Field, MrzReading
from engine.values.text import LineText
from engine.visual.items.assign import assign_items
from engine.visual.items.text_spans import RecognisedLine
from tests.engine.readings import mrz_reading
from tests.engine.visual.items.test_assign import CHINESE_MRZ, CHINESE_VALUES, UTOPIAN_MRZ, UTOPIAN_PAGE
from tests.engine.visual.pages import label, line

_IS_LABEL = 1.5
"""Millimetres; labels are lower."""


def page_with(text: str, other: str) -> list[RecognisedLine]:
    """The page of Utopia with ``other`` printed for ``text``."""
    lines = [item for item in UTOPIAN_PAGE if item.text.text != text]
    (changed,) = (item for item in UTOPIAN_PAGE if item.text.text == text)
    return [*lines, line(other, changed.area.left, changed.area.bottom)]


def without_labels(lines: list[RecognisedLine]) -> list[RecognisedLine]:
    return [item for item in lines if item.area.height > _IS_LABEL]


def found(lines: list[RecognisedLine], item: Item, mrz: MrzReading = UTOPIAN_MRZ) -> VisualValue | None:
    return assign_items(lines, mrz).get(item)


@pytest.mark.parametrize(
    ("item", "text", "other", "value"),
    [
        (Item.PASSPORT_NUMBER, "L898902C3", "L898902D3", "L898902D3"),
        (Item.PASSPORT_NUMBER, "L898902C3", "XK1234567", "XK1234567"),
        (Item.SURNAME, "ERIKSSON", "ERIKSTON", "ERIKSTON"),
        (Item.SURNAME, "ERIKSSON", "SMITH", "SMITH"),
        (Item.SURNAME, "ERIKSSON", "NERIKSSON", "NERIKSSON"),
        (Item.SURNAME, "ERIKSSON", "ERIKSSONS", "ERIKSSONS"),
        (Item.GIVEN_NAMES, "ANNA MARIA", "BRITTA", "BRITTA"),
        (Item.SEX, "F", "M", "M"),
        (Item.ISSUING_STATE, "UTO", "CHN", "CHN"),
        (Item.BIRTH_DATE, "12 AUGUST/AOUT 74", "13 AUGUST/AOUT 74", "740813"),
        (Item.BIRTH_DATE, "12 AUGUST/AOUT 74", "01 MAY/MAI 66", "660501"),
    ],
)
def test_what_the_page_prints_under_a_label_is_given_as_printed(
    item: Item, text: str, other: str, value: str
) -> None:
    seen = found(page_with(text, other), item)
    assert seen is not None
    assert (seen.value, seen.printed) == (value, other)
    assert seen.confidence > 0.5


@pytest.mark.parametrize(
    ("item", "text", "other", "value"),
    [
        (Item.SURNAME, "ERIKSSON", "SMITH", "SMITH"),
        (Item.SEX, "F", "M", "M"),
        (Item.SEX, "F", "K/M", "M"),
        (Item.SEX, "F", "M/M", "M"),
        (Item.ISSUING_STATE, "UTO", "CHN", "CHN"),
        (Item.BIRTH_DATE, "12 AUGUST/AOUT 74", "01 MAY/MAI 66", "660501"),
    ],
)
def test_where_no_label_is_read_the_one_text_of_the_kind_tells(item: Item, text: str, other: str, value: str) -> None:
    seen = found(without_labels(page_with(text, other)), item)
    assert seen is not None and seen.value == value


ROWS = (
    label("Surname Nom", 35, 21.0),
    line("ERIKSSON", 58, 21.0),
    label("Given names Prénoms", 35, 28.0),
    line("ANNA MARIA", 58, 28.0),
    label("Date of birth Date de naissance", 35, 35.0),
    line("12-08-1974", 67, 35.0),
    label("Sex Sexe", 35, 42.0),
    line("F", 58, 42.0),
    label("Date of issue Date de délivrance", 35, 49.0),
    line("16-04-2007", 67, 49.0),
    label("Date of expiry Date d'expiration", 35, 56.0),
    line("15-04-2012", 67, 56.0),
)
"""A page whose values stand beside their labels, far from most."""


@pytest.mark.parametrize(
    ("item", "text", "other", "value"),
    [
        (Item.SURNAME, "ERIKSSON", "SMITH", "SMITH"),
        (Item.BIRTH_DATE, "12-08-1974", "02-05-2003", "030502"),
        (Item.EXPIRY_DATE, "15-04-2012", "15-04-2017", "170415"),
        (Item.SEX, "F", "M", "M"),
    ],
)
def test_what_the_page_prints_beside_a_label_is_given_as_printed(
    item: Item, text: str, other: str, value: str
) -> None:
    (changed,) = (x for x in ROWS if x.text.text == text)
    kept = [x for x in ROWS if x is not changed]
    seen = found([*kept, line(other, changed.area.left, changed.area.bottom)], item)
    assert seen is not None and seen.value == value


def test_a_letter_for_a_sex_is_one_of_few() -> None:
    lines = [item for item in page_with("F", "M") if item.text.text != "M"]
    poor = line("M", 37, 49.0, certainty=0.4)
    seen = found([*lines, poor], Item.SEX)
    assert seen is not None and (seen.value, seen.confidence > 0.9) == ("M", True)
    chars = (replace(poor.text.chars[0], alternatives=(("F", 0.4),)),)
    assert found([*lines, replace(poor, text=LineText(chars))], Item.SEX) is None


def test_a_name_of_one_letter_behind_its_ideograph() -> None:
    seen = found(page_with("ERIKSSON", "一E"), Item.SURNAME)
    assert seen is not None and (seen.value, seen.printed) == ("E", "E")


def test_a_state_of_one_letter_where_its_label_is_not_read() -> None:
    german = mrz_reading(("P<HUNMUSTERMANN<<ERIKA".ljust(44, "<"), "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4"))
    seen = found(without_labels(page_with("UTO", "D")), Item.ISSUING_STATE, german)
    assert seen is not None and seen.value == "D"


def test_a_birth_that_stands_nearest_to_what_hardly_is_a_label() -> None:
    lines = [
        item for item in page_with("12 AUGUST/AOUT 74", "01 MAY/MAI 66") if "Date of birth" not in item.text.text
    ]
    hardly = label("xNoumsau PESELN persnesd", 35, 39.0)
    seen = found([*lines, hardly], Item.BIRTH_DATE)
    assert seen is not None and seen.value == "660501"


def test_two_figures_of_a_year_of_four_are_no_year() -> None:
    lines = (UTOPIAN_MRZ.lines[0], UTOPIAN_MRZ.lines[1].replace("7408122", "9403109"))
    stamped = line("10 MAR 1949", 37, 42.0, certainty=0.5)
    seen = found([*page_with("12 AUGUST/AOUT 74", "?"), stamped], Item.BIRTH_DATE, mrz_reading(lines))
    assert seen is None or seen.value == "490310"


def test_the_surname_before_the_given_names_of_the_zone() -> None:
    lines = [item for item in CHINESE_VALUES if item.text.text != "LIANG, XIAOYU"]
    values = assign_items([*lines, line("WANG, XIAOYU", 40, 24.2)], CHINESE_MRZ)
    assert (values[Item.SURNAME].value, values[Item.GIVEN_NAMES].value) == ("WANG", "XIAOYU")


@pytest.mark.parametrize(
    ("item", "text", "other"),
    [
        (Item.SEX, "F", "M/F"),
        (Item.SEX, "F", "M /F"),
        (Item.SEX, "F", "Ž/F"),
        (Item.SURNAME, "ERIKSSON", "Eriksson"),
        (Item.SURNAME, "ERIKSSON", "ERIKSSÖN"),
        (Item.ISSUING_STATE, "UTO", "ABC"),
    ],
)
def test_other_spellings_are_no_other_values(item: Item, text: str, other: str) -> None:
    seen = found(page_with(text, other), item)
    zone = {Item.SEX: "F", Item.SURNAME: "ERIKSSON", Item.ISSUING_STATE: "UTO"}[item]
    assert seen is None or seen.value.upper().replace("Ö", "O") == zone


def test_visas_print_other_numbers_beside_their_own() -> None:
    visa = mrz_reading(
        ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
    )
    assert found(page_with("L898902C3", "XK1234567"), Item.PASSPORT_NUMBER, visa) is None


def test_a_name_is_not_joined_to_the_other_one_that_lost_its_space() -> None:
    lines = [item for item in UTOPIAN_PAGE if item.text.text not in ("ERIKSSON", "ANNA MARIA")]
    values = assign_items([*lines, line("ERIKSSONANNA MARIA", 37, 21.0)], UTOPIAN_MRZ)
    assert values[Item.SURNAME].value == "ERIKSSON"


def test_the_print_stands_where_the_zone_is_a_guess() -> None:
    guessed = replace(
        UTOPIAN_MRZ,
        fields=replace(UTOPIAN_MRZ.fields, surname="ARIKSSON"),
        lines=(UTOPIAN_MRZ.lines[0].replace("ERIKSSON", "ARIKSSON"), UTOPIAN_MRZ.lines[1]),
        char_confidences=(tuple(0.05 if k == 5 else 0.99 for k in range(44)), UTOPIAN_MRZ.char_confidences[1]),
    )
    seen = found(list(UTOPIAN_PAGE), Item.SURNAME, guessed)
    assert seen is not None
    assert (seen.value, seen.confidence > 0.9) == ("ERIKSSON", True)


def test_a_doubtful_print_is_what_the_zone_says() -> None:
    lines = [item for item in UTOPIAN_PAGE if item.text.text != "ERIKSSON"]
    (sure,) = (item for item in UTOPIAN_PAGE if item.text.text == "ERIKSSON")
    chars = tuple(replace(c, char="B", probability=0.5) if k == 3 else c for k, c in enumerate(sure.text.chars))
    seen = found([*lines, replace(sure, text=LineText(chars))], Item.SURNAME)
    assert seen is not None and seen.value == "ERIKSSON"


def test_one_name_under_given_names_is_a_given_name() -> None:
    single = mrz_reading(("P<UTO<<ERIKSSON".ljust(44, "<"), UTOPIAN_MRZ.lines[1]))
    lines = [item for item in UTOPIAN_PAGE if item.text.text not in ("ERIKSSON", "ANNA MARIA")]
    values = assign_items([*lines, line("ERIKSSON", 37, 28.0)], single)
    assert Item.SURNAME not in values
    assert values[Item.GIVEN_NAMES].value == "ERIKSSON"


def test_the_second_letter_of_the_type_is_the_printed_one() -> None:
    seen = found(page_with("P", "PN"), Item.DOCUMENT_TYPE)
    assert seen is not None and seen.value == "PN"


@pytest.mark.parametrize("expiry", ["230000", "231300", "195587", "000442", "45433<", "<<<<<<"])
def test_impossible_dates_of_the_zone_do_no_harm(expiry: str) -> None:
    lines = (UTOPIAN_MRZ.lines[0], UTOPIAN_MRZ.lines[1][:21] + expiry + UTOPIAN_MRZ.lines[1][27:])
    mrz = mrz_reading(lines)
    without_issue = [item for item in UTOPIAN_PAGE if "07" not in item.text.text]
    for page in (list(UTOPIAN_PAGE), without_issue, []):
        values = assign_items(page, mrz)
        assert Item.EXPIRY_DATE not in values or values[Item.EXPIRY_DATE].value == "120415"


def test_what_the_zone_of_an_unknown_state_prints_keeps_its_accents() -> None:
    unsure = replace(
        UTOPIAN_MRZ,
        fields=replace(UTOPIAN_MRZ.fields, issuing_state="MAC"),
        field_confidences=tuple((f, 0.4 if f is Field.ISSUING_STATE else 0.99) for f in Field),
    )
    seen = found(page_with("ANNA MARIA", "ANNA MARÏA"), Item.GIVEN_NAMES, unsure)
    assert seen is not None and seen.value == "ANNA MARÏA"


def test_labels_are_no_names() -> None:
    lines = [item for item in UTOPIAN_PAGE if item.text.text != "ERIKSSON"]
    assert found([*lines, label("Surname/ Nom", 35, 18.0)], Item.SURNAME) is None


def test_a_letter_elsewhere_is_not_the_sex_that_stands_under_the_label() -> None:
    lines = [*page_with("F", "M"), line("F", 110, 20.0)]
    seen = found(lines, Item.SEX)
    assert seen is not None and seen.value == "M"


def test_a_name_that_ends_as_the_other_one_is_whole() -> None:
    mrz = mrz_reading(("POCHNYU<<TAOL".ljust(44, "<"), CHINESE_MRZ.lines[1]))
    lines = [item for item in CHINESE_VALUES if item.text.text != "LIANG, XIAOYU"]
    values = assign_items([*lines, line("YU, TAOLYU", 40, 24.2)], mrz)
    assert values[Item.GIVEN_NAMES].value == "TAOLYU"


def test_a_state_s_own_letter_is_no_sex() -> None:
    male = mrz_reading((UTOPIAN_MRZ.lines[0], UTOPIAN_MRZ.lines[1].replace("2F1", "2M1")))
    seen = found(page_with("F", "M/F"), Item.SEX, male)
    assert seen is not None and seen.value == "F"


def test_a_date_long_before_any_issue_is_the_birth_that_no_label_tells() -> None:
    lines = [item for item in page_with("12 AUGUST/AOUT 74", "13 AUGUST/AOUT 74") if "ssue" not in item.text.text]
    seen = found([item for item in lines if "birth/" not in item.text.text], Item.BIRTH_DATE)
    assert seen is not None and seen.value == "740813"


def test_a_letter_more_is_printed_even_where_it_was_not_read_surely() -> None:
    lines = page_with("ERIKSSON", "NERIKSSON")
    (name,) = (item for item in lines if item.text.text == "NERIKSSON")
    chars = (replace(name.text.chars[0], probability=0.8), *name.text.chars[1:])
    seen = found([replace(name, text=LineText(chars)) if item is name else item for item in lines], Item.SURNAME)
    assert seen is not None and seen.value == "NERIKSSON"


def test_a_letter_is_as_sure_as_all_its_marks_together() -> None:
    lines = page_with("ERIKSSON", "ERIKSSÓN")
    mrz = replace(
        UTOPIAN_MRZ,
        fields=replace(UTOPIAN_MRZ.fields, surname="ERIKSSQN"),
        lines=(UTOPIAN_MRZ.lines[0].replace("ERIKSSON", "ERIKSSQN"), UTOPIAN_MRZ.lines[1]),
        char_confidences=(tuple(0.9 if k == 11 else 0.99 for k in range(44)), UTOPIAN_MRZ.char_confidences[1]),
    )
    (name,) = (item for item in lines if item.text.text == "ERIKSSÓN")
    chars = list(name.text.chars)
    chars[6] = replace(chars[6], probability=0.6, alternatives=(("O", 0.2), ("Ö", 0.15)))
    changed = [replace(name, text=LineText(tuple(chars))) if item is name else item for item in lines]
    seen = found(changed, Item.SURNAME, mrz)
    assert seen is not None and seen.value == "ERIKSSÓN"


def test_the_same_code_printed_twice_tells_where_no_label_is_read() -> None:
    thai = mrz_reading(("P<HRVWONGSAKUL<<NATTAPONG".ljust(44, "<"), UTOPIAN_MRZ.lines[1].replace("UTO", "THA")))
    lines = [line("THA", 37, 35.0) if x.text.text == "UTOPIAN" else x for x in page_with("UTO", "THA")]
    seen = found(without_labels(lines), Item.ISSUING_STATE, thai)
    assert seen is not None and seen.value == "THA"


def test_a_state_s_code_is_no_label() -> None:
    turkish = mrz_reading((UTOPIAN_MRZ.lines[0].replace("UTO", "NGA"), UTOPIAN_MRZ.lines[1].replace("UTO", "TUR")))
    seen = found(page_with("UTO", "TUR"), Item.ISSUING_STATE, turkish)
    assert seen is not None and seen.value == "TUR"


def test_a_name_behind_ideographs_and_a_slash() -> None:
    seen = found(page_with("ERIKSSON", "一一/SHANGGUAN"), Item.SURNAME)
    assert seen is not None and seen.value == "SHANGGUAN"


def test_an_expiry_that_can_be_none_and_was_poorly_read_contradicts_nothing() -> None:
    lines = [x for x in page_with("15 APR/AVR 12", "15 APR/AVR 12") if x.text.text != "15 APR/AVR 12"]
    poor = line("15 APR/AVR 92", 37, 63.0, certainty=0.95)
    assert found([*lines, poor], Item.EXPIRY_DATE) is None
    sure = line("15 APR/AVR 92", 37, 63.0, certainty=0.999)
    seen = found([*lines, sure], Item.EXPIRY_DATE)
    assert seen is not None and seen.value == "920415"


@pytest.mark.parametrize(("state", "is_sure"), [("ROU", False), ("GBR", True)])
def test_a_letter_that_may_have_lost_its_mark_is_doubtful_where_the_state_prints_marks(
    state: str, is_sure: bool
) -> None:
    mrz = mrz_reading(tuple(text.replace("UTO", state) for text in UTOPIAN_MRZ.lines))
    lines = [x for x in UTOPIAN_PAGE if x.text.text != "ANNA MARIA"]
    (name,) = (x for x in UTOPIAN_PAGE if x.text.text == "ANNA MARIA")
    chars = tuple(
        replace(c, probability=0.97, alternatives=(("Ă", 0.03),)) if k == 3 else replace(c, probability=0.9999)
        for k, c in enumerate(name.text.chars)
    )
    seen = found([*lines, replace(name, text=LineText(chars))], Item.GIVEN_NAMES, mrz)
    assert seen is not None
    assert (seen.confidence > 0.99) is is_sure


def test_a_birth_in_figures_of_either_order_contradicts_where_neither_is_the_zone_s() -> None:
    lines = [x for x in ROWS if x.text.text not in ("12-08-1974", "16-04-2007", "15-04-2012")]
    dates = (line("02-05-2003", 67, 35.0), line("04-04-2007", 67, 49.0), line("04-04-2012", 67, 56.0))
    mrz = mrz_reading((UTOPIAN_MRZ.lines[0], UTOPIAN_MRZ.lines[1].replace("1204159", "1204042")))
    seen = found([*lines, *dates], Item.BIRTH_DATE, mrz)
    assert seen is not None and seen.value in ("030502", "030205")


def test_a_birth_in_the_line_of_the_nationality_is_no_nationality() -> None:
    lines = [x for x in UTOPIAN_PAGE if "birth/" not in x.text.text and "AOUT" not in x.text.text]
    lines = [line("UTOPIAN 01 MAY/MAI 66", 37, 35.0) if x.text.text == "UTOPIAN" else x for x in lines]
    seen = found(lines, Item.BIRTH_DATE)
    assert seen is not None and seen.value == "660501"


def test_a_letter_that_the_other_name_holds_too_is_still_too_many() -> None:
    mrz = mrz_reading(("POCHNWEA<<XIN".ljust(44, "<"), CHINESE_MRZ.lines[1]))
    unsure = replace(
        mrz, char_confidences=(tuple(0.09 if k == 7 else 0.99 for k in range(44)), mrz.char_confidences[1])
    )
    others = [x for x in CHINESE_VALUES if x.text.text not in ("LIANG, XIAOYU", "一一/BEIJING")]
    values = assign_items([line("一一/HENAN", 40, 50.4), *others, line("WEI, XIN", 40, 24.2)], unsure)
    assert (values[Item.SURNAME].value, values[Item.GIVEN_NAMES].value) == ("WEI", "XIN")
