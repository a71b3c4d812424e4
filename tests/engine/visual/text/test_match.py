from hypothesis import given
from hypothesis import strategies as st

from engine.values.text import CharReading
from engine.visual.text.fold import fold, similarity
from engine.visual.text.match import match_text

CAPITALS = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=2, max_size=20)


def chars(text: str, probability: float = 0.95) -> tuple[CharReading, ...]:
    return tuple(CharReading(c, probability) for c in text)


@given(CAPITALS)
def test_a_text_matches_itself(text: str) -> None:
    match = match_text(chars(text), text)
    assert match is not None
    assert (match.start, match.stop, match.similarity) == (0, len(text), 1.0)


def test_marks_spaces_and_accents_do_not_count() -> None:
    match = match_text(chars("Mari-Liïs"), "MARILIIS")
    assert match is not None
    assert (match.start, match.stop, match.similarity) == (0, 9, 1.0)


def test_what_stands_around_is_left_over() -> None:
    match = match_text(chars("No. AB123456 x"), "AB123456")
    assert match is not None
    assert (match.start, match.stop) == (4, 12)


def test_second_thoughts_count() -> None:
    read = (*chars("AB12345"), CharReading("8", 0.6, (("6", 0.35),)))
    match = match_text(read, "AB123456")
    assert match is not None
    assert match.similarity == 1.0
    assert match.probability < 0.35


def test_a_sure_difference_makes_the_match_improbable() -> None:
    match = match_text(chars("AB123457", 0.999), "AB123456")
    assert match is not None
    assert match.similarity < 1.0
    assert match.probability < 0.01


def test_texts_without_anything_in_common_do_not_match() -> None:
    assert match_text(chars("ZENITH"), "AB123456") is None


@given(CAPITALS, CAPITALS)
def test_likeness_is_symmetric_and_whole_for_equals_alone(one: str, two: str) -> None:
    assert similarity(one, two) == similarity(two, one)
    assert (similarity(one, two) == 1) == (one == two)
    assert 0 <= similarity(one, two) <= 1


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
