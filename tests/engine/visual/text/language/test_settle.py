"""Doubtful characters are settled by usual runs of letters; what is legible stays."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.text import LineText
from engine.visual.text.doubt import SURE
from engine.visual.text.language.model import LanguageModel, open_language_model
from engine.visual.text.language.settle import settle_letters
from tests.engine.visual.text.reading import chars_of, evidence_of

Doubts = Mapping[int, float | tuple[float, Mapping[str, float]]]


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return open_language_model("latin_runs_v1")


def read(text: str, doubts: Doubts) -> LineText:
    """A line as read: sure but for the characters at some places."""
    chars = chars_of(text, 0.999, doubts)
    return LineText(chars, evidence_of(chars))


def test_a_tie_is_broken(model: LanguageModel) -> None:
    text = read("LONOON", {3: (0.5, {"D": 0.4, "Q": 0.05})})
    found = settle_letters(text, model)
    assert found.text == "LONDON"
    changed = found.chars[3]
    assert changed.probability == 0.75
    assert dict(changed.alternatives).keys() == {"O", "Q"}
    assert (changed.start, changed.end) == (text.chars[3].start, text.chars[3].end)
    assert found.evidence is text.evidence


def test_what_comes_after_counts_too(model: LanguageModel) -> None:
    assert settle_letters(read("RINISTRY OF", {0: (0.5, {"M": 0.45})}), model).text == "MINISTRY OF"


def test_a_letter_too_many_goes_and_leaves_doubt_beside_it(model: LanguageModel) -> None:
    text = read("LONDDON", {4: (0.45, {"": 0.5})})
    found = settle_letters(text, model)
    assert found.text == "LONDON"
    assert min(char.probability for char in found.chars) == 0.75
    assert sum(char.probability == 0.75 for char in found.chars) == 2


def test_the_evidence_decides_and_not_what_was_told_of_it(model: LanguageModel) -> None:
    text = read("PASSPURT OFFICE", {4: (0.5, {"B": 0.3})})
    other = LineText(text.chars, evidence_of(chars_of("PASSPORT OFFICE", 0.9)))
    assert settle_letters(other, model).text == "PASSPORT OFFICE"


def test_a_lost_letter_stands_between_its_neighbours(model: LanguageModel) -> None:
    text = read("LONON", {3: (0.5, {"Q": 0.3})})
    found = settle_letters(LineText(text.chars, evidence_of(chars_of("LONDON", 0.9))), model)
    assert found.text == "LONDON"
    assert (found.chars[3].char, found.chars[3].probability) == ("D", 0.75)
    assert text.chars[2].end <= found.chars[3].start <= found.chars[3].end <= text.chars[3].start


@pytest.mark.parametrize("name", ["XQZKWV", "LONOON", "WASRINGTON"])
def test_what_is_legible_stays(model: LanguageModel, name: str) -> None:
    """However unusual: a likely misreading that the reader holds ten times less likely is not taken for it."""
    doubts: Doubts = dict.fromkeys(range(len(name)), (0.9, {"E": 0.02, "N": 0.02}))
    assert settle_letters(read(name, doubts), model).text == name


def test_a_sure_line_is_the_same_object(model: LanguageModel) -> None:
    text = read("LONOON", {3: (SURE, {"D": 0.1})})
    assert settle_letters(text, model) is text


def test_a_line_past_help_is_the_same_object(model: LanguageModel) -> None:
    text = read("LONOON", dict.fromkeys(range(6), (0.4, {"D": 0.4})))
    assert settle_letters(text, model) is text


def test_a_line_without_evidence_is_the_same_object(model: LanguageModel) -> None:
    text = LineText(chars_of("LONOON", doubts={3: (0.5, {"D": 0.4})}))
    assert settle_letters(text, model) is text


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        pytest.param("2004.12.31", {4: (0.5, {"": 0.48})}, id="whether there is a mark"),
        pytest.param("KOWAL-KWIAT", {5: (0.5, {" ": 0.45})}, id="which mark it is"),
        pytest.param("17 02 2019 ", {10: (0.5, {"1": 0.45})}, id="a space at the end or a figure"),
        pytest.param("12 JAN 2011", {10: (0.5, {"": 0.48})}, id="how many figures"),
        pytest.param("BIRUTĖ", {5: (0.5, {"E": 0.45})}, id="which accent"),
    ],
)
def test_marks_accents_and_figures_are_the_pictures(model: LanguageModel, text: str, doubts: Doubts) -> None:
    assert settle_letters(read(text, doubts), model).text == text


def test_a_word_stays_in_one_script(model: LanguageModel) -> None:
    assert settle_letters(read("OTTAWA", {4: (0.6, {"一": 0.35})}), model).text == "OTTAWA"


def test_an_empty_line_stays_empty(model: LanguageModel) -> None:
    assert settle_letters(LineText(), model) == LineText()


@given(
    st.text("ABEIOTZ 01/", max_size=12),
    st.dictionaries(
        st.integers(0, 11), st.tuples(st.floats(0.3, 0.7), st.sampled_from(["A", "E", "O", "", "Ž", "8"])), max_size=4
    ),
)
def test_characters_keep_their_order_and_probabilities_theirs(
    text: str, doubts: dict[int, tuple[float, str]]
) -> None:
    told = {i: (sure, {other: 0.9 - sure}) for i, (sure, other) in doubts.items() if text[i : i + 1] != other}
    line = read(text, told)
    found = settle_letters(line, open_language_model("latin_runs_v1"))
    assert [char.start for char in found.chars] == sorted(char.start for char in found.chars)
    for char in found.chars:
        assert 0 < char.probability + sum(share for _, share in char.alternatives) <= 1 + 1e-6
        assert [share for _, share in char.alternatives] == sorted((s for _, s in char.alternatives), reverse=True)
