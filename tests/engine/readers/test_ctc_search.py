"""The likeliest text of a line, found among all that its frames allow."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.readers.ctc_evidence import CtcEvidence
from engine.readers.ctc_search import search_text
from engine.values.text import END

ALPHABET = "AB"


def frames_of(path: str, sure: float) -> np.ndarray:
    """Frames whose most probable classes spell ``path``; ``-`` is none."""
    frames = np.full((len(path), 1 + len(ALPHABET)), (1 - sure) / 2, np.float32)
    for i, char in enumerate(path):
        frames[i, ALPHABET.find(char) + 1] = sure
    return frames


def indifferent(before: str, char: str) -> float:
    return 0.0


@pytest.mark.parametrize(("path", "text"), [("", ""), ("--", ""), ("AA-", "A"), ("A-A", "AA"), ("-ABB-", "AB")])
def test_sure_frames_spell_their_text(path: str, text: str) -> None:
    assert search_text(frames_of(path, 0.98), ALPHABET, indifferent) == text


def test_ways_to_place_a_text_are_summed() -> None:
    """In each of two frames nothing is likelier than A; that there is one A in either of them is likelier still."""
    frames = np.array([(0.6, 0.4, 0.0), (0.6, 0.4, 0.0)], np.float32)
    assert search_text(frames, ALPHABET, indifferent) == "A"


def test_a_preference_breaks_a_tie_and_no_more() -> None:
    def no_a(before: str, char: str) -> float:
        return -2.0 if char == "A" else 0.0

    assert search_text(np.array([(0.02, 0.5, 0.48)], np.float32), ALPHABET, no_a) == "B"
    assert search_text(np.array([(0.02, 0.95, 0.03)], np.float32), ALPHABET, no_a) == "A"


def test_a_preference_hears_what_came_before_and_of_the_end() -> None:
    heard = set()

    def listen(before: str, char: str) -> float:
        heard.add((before, char))
        return 0.0

    search_text(frames_of("A-B", 0.999), ALPHABET, listen)
    assert {("", "A"), ("A", "B"), ("AB", END)} <= heard


@given(
    arrays(
        np.float32,
        st.tuples(st.integers(1, 4), st.just(3)),
        elements=st.floats(np.float32(0.05), 1, width=32),
    )
)
def test_it_finds_the_likeliest_of_all_texts(raw: np.ndarray) -> None:
    frames = (raw / raw.sum(1, keepdims=True)).astype(np.float32)
    evidence = CtcEvidence(frames, ALPHABET, 1.0)
    texts = ["".join(t) for n in range(len(frames) + 1) for t in itertools.product(ALPHABET, repeat=n)]
    scores = {text: evidence.log_likelihood(text, 0, len(frames)) for text in texts}
    assert np.isclose(sum(np.exp(list(scores.values()))), 1, atol=1e-4), "the texts share all probability"
    found = search_text(frames, ALPHABET, indifferent)
    assert scores[found] >= max(scores.values()) - 0.2, "it follows few beginnings, so a near tie may be lost"
