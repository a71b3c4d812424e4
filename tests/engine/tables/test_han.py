import re

from engine.tables.han import han_characters


def test_the_table_is_the_standard_one() -> None:
    assert len(han_characters()) == 8105
    assert "".join(han_characters()) == "".join(sorted(han_characters()))
    assert all(len(character) == 1 for character in han_characters())


def test_readings_are_written_as_passports_do() -> None:
    for character, entry in han_characters().items():
        assert entry.readings, character
        assert all(re.fullmatch("[A-Z]{1,6}", reading) for reading in entry.readings), character
        assert len(set(entry.readings)) == len(entry.readings), character


def test_names_are_read_otherwise_than_words() -> None:
    assert "SHAN" in han_characters()["单"].readings
    assert "XIE" in han_characters()["解"].readings
    assert "QIU" in han_characters()["仇"].readings
    assert han_characters()["吕"].readings == ("LYU", "LV", "LU")
    assert {"NYUE", "NVE", "NUE"} <= set(han_characters()["虐"].readings)


def test_common_names_are_counted() -> None:
    assert han_characters()["王"].surname > 500
    assert han_characters()["明"].given > han_characters()["懿"].given > 0
    assert han_characters()["𬬭"].given == 0
