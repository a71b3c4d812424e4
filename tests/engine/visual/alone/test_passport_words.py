"""Which words make a page a passport's."""

import pytest

from engine.visual.alone.passport_words import is_passport_page


@pytest.mark.parametrize(
    "texts",
    [
        ["PASSPORT", "Surname"],
        ["一一 PASSPORT", "Surname"],
        ["PASSPORT P", "Surname"],
        ["REISEPASS / PASSPORT / PASSEPORT", "Name"],
        ["CESTOVNÍ PAS / PASSPORT", "Jméno"],
        ["PASSEPORT DIPLOMATIQUE", "Nom"],
        ["PASSFORT", "Surname"],
        ["Type", "Code", "Passport No.", "Surname"],
        ["PASSPORT", "MINISTRY OF HEALTH"],
        ["PASAPORT", "T.C. Kimlik No"],
        ["PASSPORT", "Identity card No."],
    ],
)
def test_a_title_or_the_labels_of_the_top_row_make_a_passport(texts: list[str]) -> None:
    assert is_passport_page(texts)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["Surname", "Date of birth", "Nationality"],
        ["Passport No.", "Surname", "Date of birth"],
        ["PASSPORT OFFICE", "Surname"],
        ["Passport number AB1234567", "Surname"],
        ["PASSPORT CARD", "Surname"],
        ["VISA", "PASSPORT", "Surname"],
        ["IDENTITY CARD", "PASSPORT"],
        ["IDENTITY DOCUMENT", "Passport No."],
        ["Type", "Code", "Passport No.", "VISA"],
        ["COMPASS", "PASSAGE"],
    ],
)
def test_other_papers_speak_otherwise(texts: list[str]) -> None:
    assert not is_passport_page(texts)
