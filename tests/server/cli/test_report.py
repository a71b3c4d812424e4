from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.mrz import CheckDigit
from server.batch.file_faults import READ
from server.cli.read_files import FileReading, Job
from server.cli.report import _items_table, print_table
from tests.doubles import fixed_reading

HOLDS, REPAIRED = CheckDigit("document_number", "4", "4"), CheckDigit("composite", "7", "7", repaired=True)


def printed(*checks: CheckDigit, misprinted: bool = False) -> str:
    reading = fixed_reading()
    shown = replace(reading, mrz=replace(reading.mrz, checks=checks, misprinted=misprinted))
    console = Console(width=200)
    with console.capture() as captured:
        print_table(console, FileReading(Job(Path("good.png")), 0.1, READ, reading=shown))
    return captured.get()


def test_the_chinese_name_is_a_row_where_there_is_one() -> None:
    table = _items_table(replace(fixed_reading(), chinese=ChinesePrint(ChineseText("王琳", 0.95))))
    assert [str(cell) for cell in table.columns[2].cells][-1] == "王琳"
    assert len(_items_table(fixed_reading()).rows) == len(table.rows) - 1


def test_what_stands_beside_items_has_rows_of_its_own() -> None:
    beside = ChinesePrint(birth_place=ChineseText("陕西", 0.99), authority=ChineseText("外交部", 0.8))
    table = _items_table(replace(fixed_reading(), chinese=beside))
    assert [str(cell) for cell in table.columns[1].cells][-2:] == ["Chinese birth place", "Chinese authority"]
    assert [str(cell) for cell in table.columns[2].cells][-2:] == ["陕西", "外交部"]


def test_check_digits_that_hold_as_read_are_said_to_hold() -> None:
    assert "all 2 check digits hold" in printed(HOLDS, HOLDS)


def test_of_a_check_digit_that_was_made_to_hold_that_is_said() -> None:
    text = printed(HOLDS, REPAIRED)
    assert "check digit of composite: holds after a change" in text
    assert "all 2 check digits hold" not in text


@pytest.mark.parametrize("check", [HOLDS, REPAIRED])
def test_on_lines_of_another_length_check_digits_are_not_said_to_hold(check: CheckDigit) -> None:
    assert "all 1 check digits hold" not in printed(check, misprinted=True)
