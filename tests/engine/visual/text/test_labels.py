import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tables.labels import Label, phrases
from engine.visual.text.labels import LONGEST, WORD, find_labels


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
    for phrase in phrases()[label]:
        assert label in labels(phrase), phrase


@given(st.text(max_size=60))
def test_places_lie_inside_the_text_in_order(text: str) -> None:
    found = find_labels(text)
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert all(0 <= f.start < f.end <= len(text) and 0 < f.similarity <= 1 for f in found)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Geburtsname / Name at birth / Nom de naissance", Label.OTHER),
        ("Father's name", Label.OTHER),
        ("Mother's name", Label.OTHER),
        ("Name of father/legal guardian", Label.OTHER),
        ("Name of spouse", Label.OTHER),
        ("Korean name", Label.OTHER),
        ("Chinese name", Label.OTHER),
        ("Baba adı", Label.OTHER),
        ("Ana adı", Label.OTHER),
        ("National ID No", Label.OTHER),
        ("Citizenship No", Label.OTHER),
        ("Previous passport no", Label.OTHER),
        ("Documento de identidad Nº", Label.OTHER),
        ("Old Passport No. with Date and Place of Issue", Label.OTHER),
        ("Datum važenja", Label.EXPIRY_DATE),
        ("Ort der Ausstellung", Label.ISSUE_PLACE),
        ("Tanggal dikeluarkan", Label.ISSUE_DATE),
        ("Tijelo izdavanja", Label.AUTHORITY),
        ("Órgão expedidor", Label.AUTHORITY),
        ("Province of birth", Label.BIRTH_PLACE),
        ("Anul nașterii", Label.BIRTH_DATE),
        ("Document Type", Label.TYPE),
        ("Họ và tên", Label.FULL_NAME),
        ("Country of citizenship", Label.NATIONALITY),
    ],
)
def test_a_label_announces_nothing_else(text: str, label: Label) -> None:
    assert set(labels(text)) == {label}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Passnummer", Label.NUMBER),
        ("Numărul pașaportului", Label.NUMBER),
        ("Datum isteka", Label.EXPIRY_DATE),
        ("Derīguma termiņš", Label.EXPIRY_DATE),
        ("Ngày hết hạn", Label.EXPIRY_DATE),
        ("Data de expedição", Label.ISSUE_DATE),
        ("Lieu d'émission", Label.ISSUE_PLACE),
        ("Nadležno tijelo", Label.AUTHORITY),
        ("Izdavatelj", Label.AUTHORITY),
        ("Heimatort", Label.OTHER),
        ("Cédula de identidad", Label.OTHER),
        ("Tug'ilgan sanasi", Label.BIRTH_DATE),
    ],
)
def test_labels_that_were_not_known(text: str, label: Label) -> None:
    assert labels(text) == [label]


@pytest.mark.parametrize("nationality", ["CHINESE", "KOREAN", "SLOVENE"])
def test_a_nationality_that_is_part_of_a_label_is_none(nationality: str) -> None:
    assert labels(nationality) == []


def test_the_longest_phrase_is_within_reach() -> None:
    assert max(len(WORD.findall(phrase)) for wording in phrases().values() for phrase in wording) <= LONGEST
