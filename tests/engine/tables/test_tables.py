"""The data files are whole, agree with each other, and each is loaded by its module and read by something."""

import importlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from engine import tables
from engine.mrz.formats import CHARACTERS
from engine.mrz.names import mrz_forms
from engine.tables.alphabets import alphabets
from engine.tables.authorities import EVERYWHERE, authorities
from engine.tables.cities import cities
from engine.tables.labels import Label, phrases
from engine.tables.look_alikes import Shape, groups, look_alikes
from engine.tables.months import month_names
from engine.tables.passport_words import WordKind, passport_words
from engine.tables.places import places
from engine.tables.rows import read_rows
from engine.tables.states import state_names
from engine.tables.transliteration import latin_transliterations, transliterations, written_in_several
from engine.visual.text.fold import fold

FOLDER = Path(tables.__file__).parent
ROOT = FOLDER.parents[1]
FILES = sorted(path.stem for path in FOLDER.glob("*.tsv"))
KEYS = {
    "about_holder": ("text",),
    "alphabets": ("state",),
    "authorities": ("state", "authority"),
    "calendars": ("state",),
    "cities": ("state", "city"),
    "labels": ("phrase",),
    "look_alikes": ("kind", "characters"),
    "months": ("language", "form"),
    "nationalities": ("code", "name"),
    "office_words": ("word",),
    "passport_words": ("word",),
    "places": ("state", "place"),
    "han": ("character",),
    "states": ("code",),
    "transliteration": ("letter",),
}
"""The columns that tell the rows of each file apart."""
MANY_STATES = {
    "alphabets": "state",
    "authorities": "state",
    "calendars": "state",
    "cities": "state",
    "nationalities": "code",
    "places": "state",
}
NOT_READ = {
    "AZE": "Əə",
    "ISL": "Ð",
    "MDA": "ȘșȚț",
    "MLT": "ĊċĠġĦħ",
    "NZL": "Ōō",
    "ROU": "ȘșȚț",
    "VNM": "ĨĩŨũƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ",
}
"""National letters that the first Latin reader has no class for today. It gives Ş, Ţ and Đ for Ș, Ț and Ð, which
`engine.visual.text.letters` puts right; for the others it gives the bare letter or another one, and the lines are
read again."""


def _latin_reader_alphabet() -> str:
    (config,) = (ROOT / "models").glob("latin_line_v*/config.json")
    alphabet: str = json.loads(config.read_text(encoding="utf-8"))["alphabet"]
    return alphabet


def _twice(entries: Iterable[object]) -> list[object]:
    return [entry for entry, times in Counter(entries).items() if times > 1]


def test_every_file_is_known_here() -> None:
    assert sorted(KEYS) == FILES


@pytest.mark.parametrize("table", FILES)
def test_file_is_plain_text_with_a_note_on_its_source(table: str) -> None:
    data = (FOLDER / f"{table}.tsv").read_bytes()
    text = data.decode("utf-8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert "\r" not in text
    assert not data.startswith("\ufeff".encode())
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("table", FILES)
def test_every_row_is_whole_told_apart_by_its_key_and_names_its_source(table: str) -> None:
    rows = read_rows(table)
    assert len(rows) > 5
    assert list(rows[0])[-1] == "source"
    for row in rows:
        assert row["source"].strip(), row
        assert all(cell == cell.strip() and "  " not in cell for cell in row.values()), row
        assert all(row[column] for column in KEYS[table]), row
    assert _twice(tuple(row[column] for column in KEYS[table]) for row in rows) == []


@pytest.mark.parametrize("table", FILES)
def test_file_has_a_loader_that_something_reads(table: str) -> None:
    loader = importlib.import_module(f"engine.tables.{table}")
    assert f'"{table}"' in Path(str(loader.__file__)).read_text(encoding="utf-8")
    others = (p for p in (ROOT / "engine").rglob("*.py") if p.parent != FOLDER)
    assert any(f"from engine.tables.{table} import" in p.read_text(encoding="utf-8") for p in others)


def test_tables_load_without_pictures() -> None:
    for module in FOLDER.glob("*.py"):
        imported = re.findall(r"^\s*(?:from|import) (\w+)", module.read_text(encoding="utf-8"), re.M)
        assert not {"numpy", "cv2", "PIL", "rapidfuzz"}.intersection(imported), module.name


def test_a_row_of_another_length_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.tsv").write_text("# x\na\tsource\none\ttwo\tthree\n", encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    with pytest.raises(ValueError, match="longer"):
        read_rows("bad")


def test_codes_are_those_of_iso_and_icao() -> None:
    sources = Counter(row["source"].split(" §")[0].split(",")[0] for row in read_rows("states"))
    assert sources == {"ISO 3166-1": 249, "ICAO 9303-3": 29, "ISO 3166-3": 8}
    assert all(re.fullmatch("[A-Z]{3}|D", code) for code in state_names())


def test_words_of_papers_are_folded_and_of_every_kind() -> None:
    for kind in WordKind:
        assert passport_words(kind)
        assert all(word == fold(word) for word in passport_words(kind))


@pytest.mark.parametrize("table", MANY_STATES)
def test_states_of_a_table_exist(table: str) -> None:
    assert {row[MANY_STATES[table]] for row in read_rows(table)} - {EVERYWHERE} <= state_names().keys()


def test_states_of_months_exist_and_months_are_complete() -> None:
    for row in month_names():
        assert row.states <= state_names().keys()
        assert row.form in {"name", "short", "genitive", "roman"}
        assert len(row.names) == len(set(row.names)) == 12
        assert all(name and name == fold(name) and name.isalpha() for name in row.names)
    full = {row.language for row in month_names() if row.form == "name"}
    assert {row.language for row in month_names()} - {"roman"} == full


def test_every_label_has_phrases_and_no_two_share_one() -> None:
    assert set(phrases()) == set(Label)
    assert _twice(fold(phrase) for wording in phrases().values() for phrase in wording) == []


def test_letters_of_alphabets_can_be_read_but_those_named_here() -> None:
    readable = _latin_reader_alphabet()
    found = {
        state: "".join(sorted(letters))
        for state, alphabet in alphabets().items()
        if (letters := {c for c in alphabet.letters if c not in readable})
    }
    assert found == {state: "".join(sorted(letters)) for state, letters in NOT_READ.items()}


def test_letters_of_alphabets_have_a_transliteration() -> None:
    for state, alphabet in alphabets().items():
        capitals = {letter for letter in alphabet.letters if letter.upper() == letter}
        assert all(mrz_forms(letter) for letter in capitals), state
        assert alphabet.in_two <= capitals
        assert all(len(transliterations()[letter][0]) == 2 for letter in alphabet.in_two)


def test_letters_of_cities_and_places_are_of_their_states_alphabet() -> None:
    for table in (cities(), places(), authorities()):
        for state, names in table.items():
            alphabet = alphabets().get(state)
            used = {c for name in names for c in name if c.isalpha() and not c.isascii()}
            assert not alphabet or used <= alphabet.letters, state


def test_forms_are_letters_of_the_machine_readable_zone() -> None:
    for letter, forms in transliterations().items():
        assert len(set(forms)) == len(forms), letter
        assert all(set(form) <= set(CHARACTERS) - set("<0123456789") for form in forms), letter
    assert "ICAO 9303-3 §6 A" in {row["source"] for row in read_rows("transliteration")}
    assert sum(row["source"] == "ICAO 9303-3 §6 A" for row in read_rows("transliteration")) == 95


def test_what_stands_for_one_letter_is_the_table_read_backwards() -> None:
    assert set(written_in_several()) == {"AA", "AE", "IJ", "NXX", "OE", "SS", "TH", "UE", "UXX"}
    assert written_in_several()["OE"] == ("Ö", "Ø", "Œ")
    for several, letters in written_in_several().items():
        assert all(several in latin_transliterations()[letter] for letter in letters)


@pytest.mark.parametrize("shape", list(Shape))
def test_every_kind_of_look_alikes_is_read_by_something(shape: Shape) -> None:
    others = (p.read_text(encoding="utf-8") for p in (ROOT / "engine").rglob("*.py") if p.parent != FOLDER)
    assert re.search(rf"\bShape\.{shape.name}\b", "\n".join(others))


@pytest.mark.parametrize("shape", list(Shape))
def test_look_alikes_are_alike_both_ways(shape: Shape) -> None:
    assert groups(shape)
    for char, others in look_alikes(shape).items():
        assert char not in others
        assert all(char in look_alikes(shape)[other] for other in others)


def test_look_alikes_of_the_machine_readable_zone_are_pairs_of_its_characters() -> None:
    assert all(len(pair) == 2 and set(pair) <= set(CHARACTERS) for pair in groups(Shape.OCR_B))
    assert all(group[0].isdigit() and not set(group[1:]) & set("0123456789") for group in groups(Shape.FIGURE))
