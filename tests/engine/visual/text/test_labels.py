import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tables.labels import PHRASES, Label
from engine.visual.text.labels import find_labels


def labels(text: str) -> list[Label]:
    return [found.label for found in find_labels(text)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Date of birth/Date de naissance", Label.BIRTH_DATE),
        ("3. Nationality / Nationalité", Label.NATIONALITY),
        ("一一一一/Date of issue", Label.ISSUE_DATE),
        ("Dafe ofbirth / Date de naissanee", Label.BIRTH_DATE),
        ("一一/Authority", Label.AUTHORITY),
        ("Autnority / Behörde", Label.AUTHORITY),
        ("Place ot issue", Label.ISSUE_PLACE),
        ("Passport No.", Label.NUMBER),
        ("一/Surname", Label.SURNAME),
        ("Name (Surname, Given names)", Label.FULL_NAME),
        ("Date of expiry/Gultig bis/Date d'expiration", Label.EXPIRY_DATE),
        ("Holder's Signature", Label.OTHER),
    ],
)
def test_labels_are_known(text: str, label: Label) -> None:
    assert labels(text)[0] is label


@pytest.mark.parametrize(
    "text",
    ["WHAKAATURANGA", "FRED WIREMU JOHN", "NEW ZEALAND", "28 FEB 1964", "Ministry of Public Security", "CHINESE", ""],
)
def test_values_are_no_labels(text: str) -> None:
    assert labels(text) == []


def test_two_labels_of_neighbouring_fields() -> None:
    text = "Sex/Sexe  Place of birth/Lieu de naissance"
    found = find_labels(text)
    assert [f.label for f in found] == [Label.SEX, Label.SEX, Label.BIRTH_PLACE, Label.BIRTH_PLACE]
    assert text[found[2].start : found[2].end] == "Place of birth"


@pytest.mark.parametrize("label", list(Label))
def test_every_phrase_is_found_as_its_own_label(label: Label) -> None:
    for phrase in PHRASES[label].split("; "):
        assert label in labels(phrase), phrase


@given(st.text(max_size=60))
def test_places_lie_inside_the_text_in_order(text: str) -> None:
    found = find_labels(text)
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert all(0 <= f.start < f.end <= len(text) and 0 < f.likeness <= 1 for f in found)
