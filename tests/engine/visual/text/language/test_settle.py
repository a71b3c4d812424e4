"""Doubtful characters are settled by usual runs of letters; what is legible stays."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.text import CharReading, LineText
from engine.visual.text.doubt import SURE
from engine.visual.text.language.model import LanguageModel, open_language_model
from engine.visual.text.language.settle import settle_letters

Doubt = tuple[float, tuple[tuple[str, float], ...]]


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return open_language_model("latin_runs_v1")


def read(text: str, doubts: dict[int, Doubt]) -> LineText:
    """A line as read: sure but for the characters at some places."""
    return LineText(
        tuple(CharReading(char, *doubts.get(i, (0.999, ())), 10.0 * i, 10.0 * i + 9) for i, char in enumerate(text))
    )


def test_a_tie_is_broken(model: LanguageModel) -> None:
    found = settle_letters(read("LONOON", {3: (0.5, (("D", 0.4), ("Q", 0.05)))}), model)
    assert found.text == "LONDON"
    changed = found.chars[3]
    assert changed.probability == 0.75
    assert dict(changed.alternatives).keys() == {"O", "Q"}
    assert (changed.start, changed.end) == (30.0, 39.0)


def test_what_comes_after_counts_too(model: LanguageModel) -> None:
    assert settle_letters(read("RINISTRY OF", {0: (0.5, (("M", 0.45),))}), model).text == "MINISTRY OF"


@pytest.mark.parametrize("name", ["XQZKWV", "LONOON", "WASRINGTON"])
def test_what_is_legible_stays(model: LanguageModel, name: str) -> None:
    """However unusual: a likely misreading that the reader holds ten times less likely is not taken for it."""
    doubts: dict[int, Doubt] = dict.fromkeys(range(len(name)), (0.9, (("E", 0.02), ("N", 0.02))))
    assert settle_letters(read(name, doubts), model).text == name


def test_a_sure_line_is_the_same_object(model: LanguageModel) -> None:
    text = read("LONOON", {3: (SURE, (("D", 0.02),))})
    assert settle_letters(text, model) is text


def test_what_only_in_part_was_seen_is_left_to_others(model: LanguageModel) -> None:
    chars = read("LONOON", {3: (0.5, (("D", 0.4),))}).chars
    hidden = tuple(CharReading(c.char, c.probability, c.alternatives, partial=i == 3) for i, c in enumerate(chars))
    assert settle_letters(LineText(hidden), model).text == "LONOON"


def test_a_letter_that_may_be_none_stays(model: LanguageModel) -> None:
    """Left out, nothing would tell of the doubt."""
    text = read("LONDDON", {4: (0.3, (("", 0.68),))})
    assert settle_letters(text, model) == text


def test_an_empty_line_stays_empty(model: LanguageModel) -> None:
    assert settle_letters(LineText(), model) == LineText()


characters = st.builds(
    lambda char, others, share: CharReading(
        char, share, tuple((other, (1 - share) * 2.0 ** -(i + 1)) for i, other in enumerate(others) if other != char)
    ),
    st.sampled_from("ABEIOTZ 01Ж/"),
    st.lists(st.sampled_from(["A", "E", "O", "", "Ž", "8"]), unique=True, max_size=4),
    st.floats(0.02, 0.999),
)


@given(st.lists(characters, max_size=14))
def test_answers_are_among_what_the_reader_held_possible(chars: Sequence[CharReading]) -> None:
    found = settle_letters(LineText(tuple(chars)), open_language_model("latin_runs_v1"))
    rest = iter(chars)
    for char in found.chars:  # each is one of the options of a character that was read, in their order
        assert any(char.char in {c.char, *(other for other, _ in c.alternatives)} for c in rest)
        assert 0 < char.probability + sum(share for _, share in char.alternatives) <= 1 + 1e-6
        assert [share for _, share in char.alternatives] == sorted((s for _, s in char.alternatives), reverse=True)
