"""How sure a zone is of its values and their characters."""

from dataclasses import replace

from engine.mrz.certainty import cells_of, known_state, letter_certainties, value_confidence
from engine.values.mrz import Field, MrzReading
from tests.engine.readings import mrz_reading

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
MRZ = mrz_reading(LINES)


def doubting(line: int, column: int) -> MrzReading:
    chars = [list(row) for row in MRZ.char_confidences]
    chars[line][column] = 0.05
    return replace(MRZ, char_confidences=tuple(map(tuple, chars)))


def test_a_field_is_its_cells() -> None:
    assert "".join(cell.char for cell in cells_of(MRZ, Field.DOCUMENT_NUMBER)) == "L898902C3"
    assert cells_of(replace(MRZ, misprinted=True), Field.DOCUMENT_NUMBER) == []


def test_a_doubtful_letter_of_one_name_leaves_the_other_sure() -> None:
    reading = replace(doubting(0, 16), field_confidences=((Field.NAMES, 0.05),))
    assert value_confidence(reading, Field.NAMES, "ERIKSSON") > 0.85
    assert value_confidence(reading, Field.NAMES, "ANNA MARIA", last=True) < 0.1
    assert letter_certainties(reading, Field.NAMES, "ANNA MARIA", last=True)[1] == 0.05


def test_of_equal_places_the_last_is_that_of_the_given_names() -> None:
    lines = ("P<UTOANNA<<ANNA".ljust(44, "<"), LINES[1])
    reading = mrz_reading(lines)
    chars = tuple(0.05 if k == 11 else 0.99 for k in range(44))
    reading = replace(reading, char_confidences=(chars, reading.char_confidences[1]))
    assert min(letter_certainties(reading, Field.NAMES, "ANNA")) == 0.99
    assert min(letter_certainties(reading, Field.NAMES, "ANNA", last=True)) == 0.05


def test_a_value_spelt_otherwise_is_as_sure_as_its_field() -> None:
    assert letter_certainties(MRZ, Field.SEX, "X") == (0.99,)


def test_a_state_that_is_a_guess_is_not_known() -> None:
    assert (known_state(MRZ), known_state(mrz_reading(LINES, 0.5))) == ("UTO", "")


def test_a_state_that_the_nationality_speaks_against_is_not_known() -> None:
    assert known_state(mrz_reading((LINES[0].replace("UTO", "USA"), LINES[1]))) == ""


def test_where_the_state_is_not_read_the_nationality_tells_what_is_printed() -> None:
    assert known_state(replace(doubting(0, 3), field_confidences=((Field.NATIONALITY, 0.99),))) == "UTO"
