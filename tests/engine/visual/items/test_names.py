"""Names that are printed over two lines: what the machine readable zone holds as one."""

from dataclasses import replace

import pytest

from engine.values.items import Item
from engine.values.mrz import MrzReading
from engine.values.text import LineText
from engine.visual.items.names import find_names
from engine.visual.items.page_text import Claims, page_text
from engine.visual.items.text_spans import RecognisedLine
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import doubted, label, line, witnessed
from tests.engine.visual.text.reading import chars_of, evidence_of

SOUZA = mrz_reading(("P<UTOSOUZA<<MARIA<JOSE<APARECIDA<FATIMA<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"))
LONG = mrz_reading(("P<UTOSOUZA<<MARIA<JOSE<APARECIDA<FATIMA<DOCA", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"))
"""Its names go on where it has no more room."""
SURNAME = (label("Surname", 40, 15), line("SOUZA", 40, 19))


def names(mrz: MrzReading, *lines: RecognisedLine) -> dict[Item, str]:
    page = page_text(lines, mrz)
    return {item: value.value for item, value in find_names(page, Claims()).items()}


def test_a_name_over_two_lines_is_one() -> None:
    read = names(
        SOUZA,
        *SURNAME,
        label("Given names", 40, 24),
        line("MARIA JOSÉ APARECIDA", 40, 28),
        line("FÁTIMA", 40, 31.6),
        label("Nationality", 40, 36),
    )
    assert read == {Item.SURNAME: "SOUZA", Item.GIVEN_NAMES: "MARIA JOSÉ APARECIDA FÁTIMA"}


def test_it_may_be_parted_in_the_middle() -> None:
    read = names(SOUZA, *SURNAME, line("MARIA JOSÉ", 40, 28), line("APARECIDA FÁTIMA", 40, 31.6))
    assert read[Item.GIVEN_NAMES] == "MARIA JOSÉ APARECIDA FÁTIMA"


def test_the_rest_of_a_name_elsewhere_on_the_page_is_not_its_second_line() -> None:
    read = names(SOUZA, *SURNAME, line("MARIA JOSÉ APARECIDA", 40, 28), line("FÁTIMA", 90, 60))
    assert read[Item.GIVEN_NAMES] == "MARIA JOSÉ APARECIDA FATIMA"  # the last as the zone has it


def test_a_label_parts_two_lines() -> None:
    read = names(
        SOUZA,
        *SURNAME,
        line("MARIA JOSÉ APARECIDA", 40, 28),
        label("Place of birth", 40, 30.2),
        line("FÁTIMA", 40, 33),
    )
    assert read[Item.GIVEN_NAMES] == "MARIA JOSÉ APARECIDA FATIMA"  # the last as the zone has it


def test_a_name_on_one_line_is_not_looked_for_on_two() -> None:
    read = names(SOUZA, *SURNAME, line("MARIA JOSÉ APARECIDA FÁTIMA", 40, 28), line("FATIMA", 40, 31.6))
    assert read[Item.GIVEN_NAMES] == "MARIA JOSÉ APARECIDA FÁTIMA"


def test_a_name_over_three_lines_is_one() -> None:
    read = names(SOUZA, *SURNAME, line("MARIA JOSÉ", 40, 28), line("APARECIDA", 40, 31.6), line("FÁTIMA", 40, 35.2))
    assert read[Item.GIVEN_NAMES] == "MARIA JOSÉ APARECIDA FÁTIMA"


@pytest.mark.parametrize(
    ("gap", "given"), [(5.0, "MARIA JOSÉ APARECIDA FÁTIMA"), (15.0, "MARIA JOSÉ APARECIDA FATIMA")]
)
def test_parts_of_a_name_may_stand_apart_in_one_row(gap: float, given: str) -> None:
    first = line("MARIA JOSÉ APARECIDA", 40, 28)
    assert names(SOUZA, *SURNAME, first, line("FÁTIMA", first.area.right + gap, 28))[Item.GIVEN_NAMES] == given


def test_the_page_prints_the_end_that_the_zone_has_no_room_for() -> None:
    read = names(LONG, *SURNAME, line("MARIA JOSÉ APARECIDA", 40, 28), line("FÁTIMA DOCARMO", 40, 31.6))
    assert read[Item.GIVEN_NAMES] == "MARIA JOSÉ APARECIDA FÁTIMA DOCARMO"


CUT_AT_A_LINE = mrz_reading(
    ("P<UTOSOUZA<<MARIA<APARECIDA<CONCEICAO<DOCARM", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
)


def test_a_line_below_a_name_that_is_cut_off_belongs_to_it_but_may_not() -> None:
    lines = (*SURNAME, line("MARIA APARECIDA CONCEIÇÃO DOCARMO", 40, 28), line("BATISTA", 40, 31.6))
    values = find_names(page_text(lines, CUT_AT_A_LINE), Claims())
    assert values[Item.GIVEN_NAMES].value == "MARIA APARECIDA CONCEIÇÃO DOCARMO BATISTA"
    assert values[Item.GIVEN_NAMES].confidence < 0.6


def test_nationality_and_figures_below_such_a_name_are_no_part_of_it() -> None:
    for below in ("UTOPIAN", "12 AUG 1974"):
        read = names(
            CUT_AT_A_LINE, *SURNAME, line("MARIA APARECIDA CONCEIÇÃO DOCARMO", 40, 28), line(below, 40, 31.6)
        )
        assert read[Item.GIVEN_NAMES] == "MARIA APARECIDA CONCEIÇÃO DOCARMO"


def test_an_e_that_was_read_as_o_is_no_letter_too_many() -> None:
    mrz = mrz_reading(
        ("P<NLDMEULENDIJK<<LOES<ALBERTINE<<<<<<<<<<<<<", "XA00000148NLD7110195F0604121123456782<<<<<02")
    )
    read = doubted(line("Loos Albertine", 40, 28), 2, "c", 0.75)
    assert names(mrz, line("MEULENDIJK", 40, 19), read)[Item.GIVEN_NAMES] == "Loes Albertine"


def test_a_name_that_was_hardly_read_is_given_as_it_is_printed() -> None:
    mrz = mrz_reading(
        ("P<UTOULYSSE<<CHRISTOPHE<<<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    )
    misread, printed = "Chtt sfgpe", "Christophe"
    doubts = {i: (0.6, {c: 0.3}) for i, c in enumerate(printed) if c != misread[i]}
    read = names(mrz, line("ULYSSE", 40, 19), witnessed(chars_of(misread, 0.99, doubts), 40, 28))
    assert read == {Item.SURNAME: "ULYSSE", Item.GIVEN_NAMES: "Christophe"}


def test_a_mark_that_the_state_has_not_where_it_has_another_is_doubtful() -> None:
    """Croatian has a Đ; the reader is as sure of the Czech Ď."""
    croatian = mrz_reading(("P<HRVZUPAN<<ANDELA".ljust(44, "<"), "L898902C36HRV7408122F1204159<<<<<<<<<<<<<<02"))
    lines = {mark: page_text((line("ŽUPAN", 40, 19), line(f"AN{mark}ELA", 40, 24)), croatian) for mark in "ĎĐ"}
    foreign, own = (find_names(page, Claims())[Item.GIVEN_NAMES] for page in lines.values())
    assert (foreign.value, own.value) == ("ANĎELA", "ANĐELA")
    assert foreign.confidence < 0.9 < own.confidence


@pytest.mark.parametrize(("certainty", "printed"), [(0.976, "ZÜRCHER"), (0.9999, "ZÜIRCHER")])
def test_a_letter_that_the_zone_has_in_doubt_is_not_put_into_a_name_that_was_read_without_it(
    certainty: float, printed: str
) -> None:
    """The zone says ZUIRCHER, for half of its E was seen; UE would be the Ü."""
    swiss = mrz_reading(("P<CHEZUIRCHER<<CLAIRE".ljust(44, "<"), "L898902C36CHE7408122F1204159<<<<<<<<<<<<<<02"))
    upper = tuple(certainty if k == 7 else 0.9999 for k in range(44))
    zone = replace(swiss, char_confidences=(upper, *swiss.char_confidences[1:]))
    chars = chars_of("ZÜRCHER", 0.999)
    read = replace(line("ZÜRCHER", 40, 19), text=LineText(chars, evidence_of(chars)))
    assert names(zone, read, line("CLAIRE", 40, 24))[Item.SURNAME] == printed


def test_given_names_behind_the_surname_are_no_part_of_it_though_the_zone_cuts_them() -> None:
    mrz = mrz_reading(
        ("PXDZAVAN<DEN<BERG<<MISHAU<KECK<ZUADY<KLUACRE", "K225249084DZA4906225F2101026<<<<<<<<<<<<<<<4")
    )
    read = names(mrz, label("Full name", 40, 24), line("VAN DEN BERG MISHAU KECK ZUADY KLUACREK", 40, 28))
    assert read == {Item.SURNAME: "VAN DEN BERG", Item.GIVEN_NAMES: "MISHAU KECK ZUADY KLUACREK"}
