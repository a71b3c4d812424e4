"""Letters that a known name settles, and letters that stay."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from engine.values.text import CharReading
from engine.visual.text.respell import Respelling, Word, likeliest, near, respelt
from tests.engine.visual.text.reading import chars_of, evidence_of

NAMES = {"SHANGHAI": "SHANGHAI", "SHANXI": "SHANXI", "BEIJING": "BEIJING"}


def best(chars: Sequence[CharReading], odds: float = 10.0) -> Respelling | None:
    return likeliest(list(near(Word(chars, 0, len(chars)), NAMES, 6, odds, evidence_of(chars))))


def test_a_doubtful_letter_is_settled() -> None:
    chars = chars_of("SHANGHA1", doubts={7: 0.4})
    found = best(chars)
    assert found is not None
    assert found.name == "SHANGHAI"
    out = respelt(chars, found)
    assert "".join(char.char for char in out) == "SHANGHAI"
    assert out[7].alternatives[0][0] == "1", "what was read stays an alternative"
    assert out[7].probability <= 0.9
    assert out[0].probability == 0.99


def test_a_sure_letter_outweighs_every_name() -> None:
    assert best(chars_of("SHANGHAT", 0.999)) is None


def test_names_as_likely_as_each_other_settle_nothing() -> None:
    rivals = [Respelling(0, 5, "ANNA", 8.0), Respelling(0, 5, "ANNE", 7.0)]
    assert likeliest(rivals) is None
    assert likeliest(rivals[:1]) == rivals[0]
    assert likeliest([]) is None


def test_too_many_errors_are_another_word() -> None:
    chars = chars_of("PARIS", 0.5)
    assert list(near(Word(chars, 0, 5), NAMES, 6, 10.0, evidence_of(chars))) == []


def test_the_odds_are_those_of_the_evidence_and_no_more_than_before() -> None:
    chars = chars_of("SHANGHAI", 0.9)
    (same,) = [
        name for name in near(Word(chars, 0, 8), NAMES, 6, 10.0, evidence_of(chars)) if name.name == "SHANGHAI"
    ]
    assert same.odds == 10.0
    doubted = chars_of("SHANGHAI", doubts={7: (0.6, {"T": 0.3})})
    as_read = evidence_of(doubted).log_likelihood("SHANGHAI", 0, 1000)
    other = evidence_of(doubted).log_likelihood("SHANGHAT", 0, 1000)
    assert 0.6 < as_read - other < 0.8, "twice as likely"


def test_columns_too_narrow_for_what_was_read_say_nothing() -> None:
    chars = chars_of("SHANGHA1", doubts={7: 0.4})
    narrow = [replace(char, start=char.start / 10, end=char.end / 10) for char in chars]
    assert list(near(Word(narrow, 0, len(narrow)), NAMES, 6, 10.0, evidence_of(chars))) == []


def test_a_lost_first_letter_is_looked_for_before_the_word() -> None:
    chars = chars_of("EIJING", 0.7)
    assert (found := best(chars, odds=1000.0)) is not None
    assert found.name == "BEIJING"


def test_only_the_columns_of_the_word_are_asked() -> None:
    chars = chars_of("XX SHANGHA1 XX", doubts={10: 0.4})
    (found,) = near(Word(chars, 3, 11), NAMES, 6, 10.0, evidence_of(chars))
    assert (found.start, found.stop, found.name) == (3, 11, "SHANGHAI")
    assert found.odds > 1


def test_a_lost_letter_stands_where_it_was_lost_and_small_letters_stay_small() -> None:
    chars = chars_of("Beiing")
    out = respelt(chars, Respelling(0, 6, "BEIJING", 3.0))
    assert "".join(char.char for char in out) == "Beijing"
    assert out[3].start == out[3].end == chars[2].end


@pytest.mark.parametrize(("seen", "name"), [("I", "USTI"), ("Í", "USTÍ")])
def test_a_name_has_the_accents_that_the_picture_shows(seen: str, name: str) -> None:
    chars = chars_of("USTL", doubts={3: (0.6, {seen: 0.3})})
    (found,) = near(Word(chars, 0, 4), {"USTI": "USTÍ"}, 3, 10.0, evidence_of(chars))
    assert found.name == name
