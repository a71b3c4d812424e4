"""Derives ``engine/tables/han.tsv``: the mainland's standard characters, how they are read, how names use them.

``python -m models.training.han.table Unihan_Readings.txt dict.txt`` takes Unicode's Unihan database (Debian's
``unicode-data`` has the file, packed) and the word list of jieba (``jieba/dict.txt`` of its source distribution).
"""

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.training.draw.people.chinese_names import DOUBLE_SURNAMES
from models.training.han.names import READ_OTHERWISE, SURNAMES

TABLE: Final = Path(__file__).parents[3] / "engine" / "tables" / "han.tsv"
_HEADER: Final = """\
# The 8,105 characters of the mainland's standard table of 2013, each with its readings in capitals without tones, the
# usual one first (passports write Ü as YU, V or U), and how many names of a word list have it as a given character
# and as a surname. Written by models/training/han/table.py. Characters and readings: Unicode's Unihan database 15.0,
# kTGHZ2013 and kMandarin (Unicode License, © 1991-2022 Unicode, Inc.), and readings of names from general knowledge.
# Counts: words marked as names in jieba 0.42.1's dict.txt (MIT License, © 2013 Sun Junyi). Their terms are in
# NOTICE.
character	readings	given	surname	source
"""


@dataclass(frozen=True, slots=True)
class Uses:
    """In how many names each character is a given character, and in how many a surname."""

    given: Counter[str]
    surname: Counter[str]


def derive(unihan: Iterable[str], words: Iterable[str]) -> str:
    """Return the table's text from the lines of Unihan's readings and of the word list."""
    standard, mandarin = _readings(unihan)
    uses = _uses(words, standard)
    rows = [_HEADER]
    for character in sorted(standard):
        usual, names = mandarin.get(character, []), READ_OTHERWISE.get(character, "").split()
        found = dict.fromkeys([*usual, *standard[character], *names])
        given, surname = uses.given[character], uses.surname[character]
        source = "Unihan, jieba" if found.keys() <= {*usual, *standard[character]} else "Unihan, jieba, knowledge"
        rows.append(f"{character}\t{' '.join(found)}\t{given}\t{surname}\t{source}\n")
    return "".join(rows)


def _readings(lines: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The readings of the standard characters, and the usual ones of all characters, in capitals without tones."""
    found: dict[str, dict[str, list[str]]] = {"kTGHZ2013": {}, "kMandarin": {}}
    for line in lines:
        match = re.match(r"U\+([0-9A-F]+)\t(kTGHZ2013|kMandarin)\t(.*)", line)
        if match:
            code, source, text = match.groups()
            # ``356.120,356.130:bǐ``: pages of a dictionary come before the readings; tones may be marks of their own.
            syllables = [unicodedata.normalize("NFC", word) for word in re.split(r"[\s,:]+", text.strip())]
            found[source][chr(int(code, 16))] = [_plain(word) for word in syllables if word.isalpha()]
    return found["kTGHZ2013"], found["kMandarin"]


def _plain(syllable: str) -> str:
    """``lǜ`` → ``LÜ``: without its tone, in capitals."""
    parts = unicodedata.normalize("NFD", syllable)
    kept = "".join(part for part in parts if not unicodedata.combining(part) or part == "\u0308")
    return unicodedata.normalize("NFC", kept).upper()


def _uses(words: Iterable[str], standard: Mapping[str, object]) -> Uses:
    """Count the words marked as names (``nr``) that are a surname and one or two characters."""
    given, surname = Counter[str](), Counter[str]()
    for line in words:
        word, _, kind = line.rstrip("\n").split(" ")
        if kind != "nr" or not all(character in standard for character in word):
            continue
        if len(word) in (2, 3) and word[0] in SURNAMES:
            surname[word[0]] += 1
            given.update(word[1:])
    for name in DOUBLE_SURNAMES:
        surname.update(name)
    return Uses(given, surname)


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("unihan", type=Path, help="Unihan_Readings.txt")
    parser.add_argument("words", type=Path, help="dict.txt of jieba")
    given = parser.parse_args()
    with given.unihan.open(encoding="utf-8") as unihan, given.words.open(encoding="utf-8") as words:
        TABLE.write_text(derive(unihan, words), encoding="utf-8")


if __name__ == "__main__":
    _main()
