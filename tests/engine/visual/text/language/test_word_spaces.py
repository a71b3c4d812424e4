"""Spaces come back where picture and language allow one, and nowhere else."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.readers.ctc_evidence import CtcEvidence
from engine.tables.cities import cities
from engine.values.text import CharReading
from engine.visual.text.language.model import open_language_model
from engine.visual.text.language.word_spaces import restore_spaces
from tests.engine.visual.text.reading import chars_of, evidence_of


def restored(text: str, chance: float) -> str:
    """``text`` as read, the reader having held a space between any two letters so probable."""
    chars = chars_of(text, 0.999)
    found = restore_spaces(chars, _with_spaces(chars, chance), open_language_model())
    return "".join(char.char for char in found)


def _with_spaces(chars: Sequence[CharReading], chance: float) -> CtcEvidence:
    evidence = evidence_of(chars)
    frames, space = evidence.frames.copy(), evidence.alphabet.index(" ") + 1
    frames[0::2, space] = chance  # the frames beside the characters
    frames[0::2, 0] -= chance
    return CtcEvidence(np.asarray(frames, np.float32), evidence.alphabet, evidence.pitch)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("COMUNEDI GENOVA", "COMUNE DI GENOVA"),
        ("MINISTRYOF INTERIOR", "MINISTRY OF INTERIOR"),
        ("DE L'AIR ETDES FRONTIERES", "DE L'AIR ET DES FRONTIERES"),
    ],
)
def test_a_space_that_was_nearly_seen_comes_back(read: str, meant: str) -> None:
    assert restored(read, 0.05) == meant


@pytest.mark.parametrize("read", ["COMUNEDI GENOVA", "MINISTRYOF INTERIOR"])
def test_none_is_put_in_where_the_picture_surely_shows_none(read: str) -> None:
    assert restored(read, 1e-6) == read


@pytest.mark.parametrize(
    "read", ["DIRECTORATE OF IMMIGRATION", "POLITIDISTRIKT", "BEZIRKSHAUPTMANNSCHAFT", "ESKWVXQ", ""]
)
def test_words_stay_whole(read: str) -> None:
    assert restored(read, 0.005) == read


def test_a_restored_space_is_doubted_and_stands_between_its_letters() -> None:
    chars = chars_of("COMUNEDI GENOVA", 0.999)
    found = restore_spaces(chars, _with_spaces(chars, 0.05), open_language_model())
    space = found[6]
    assert (space.char, space.probability, space.alternatives) == (" ", 0.8, (("", pytest.approx(0.2)),))
    assert chars[5].end <= space.start <= chars[6].start
    assert [char for i, char in enumerate(found) if i != 6] == list(chars)


def test_without_evidence_nothing_changes() -> None:
    chars = chars_of("COMUNEDI GENOVA")
    assert restore_spaces(chars, None, open_language_model()) == chars


@given(st.sampled_from(sorted({city for names in cities().values() for city in names})))
def test_no_city_is_parted_where_a_space_is_as_good_as_unseen(city: str) -> None:
    assert restored(city, 1e-4) == city
