import pytest

from engine.mrz.decoder.alignment import MISSING, align
from engine.mrz.decoder.likelihood import observe
from engine.mrz.formats import TD1, TD3, alphabets_of
from engine.values.text import CharReading, LineText
from tests.engine.mrz.documents import ERIKSSON, ERIKSSON_TD1
from tests.engine.mrz.noisy_reader import clean_line

UPPER, LOWER = alphabets_of(TD3)


def placed(text, *, missing=(), probability=0.9995):
    """A line with places at an even pitch of 10 px, some of its characters not seen."""
    chars = (CharReading(c, probability, (), 10.0 * k, 10.0 * k + 8) for k, c in enumerate(text))
    return LineText(tuple(c for k, c in enumerate(chars) if k not in missing))


def test_a_plain_line():
    found = align(observe(clean_line(ERIKSSON[1])), LOWER)
    assert found.sources == tuple(range(44))
    assert not found.is_edited


@pytest.mark.parametrize("at", [3, 8, 15, 23, 30])
def test_a_gap_shows_where_a_character_is_missing(at):
    found = align(observe(placed(ERIKSSON[1], missing={at})), LOWER)
    assert found.sources.index(MISSING) == at
    assert found.sources.count(MISSING) == 1
    assert found.is_edited


def test_two_gaps():
    found = align(observe(placed(ERIKSSON[1], missing={2, 25})), LOWER)
    assert [k for k, source in enumerate(found.sources) if source == MISSING] == [2, 25]


def test_without_a_gap_fillers_in_a_run_are_missing_rather_than_others():
    text = ERIKSSON[1][:38] + ERIKSSON[1][39:]
    found = align(observe(placed(text)), LOWER)
    assert 37 <= found.sources.index(MISSING) <= 42


def test_a_sure_letter_is_not_skipped_for_a_surplus_filler():
    text = ERIKSSON_TD1[2] + "<"
    found = align(observe(clean_line(text)), alphabets_of(TD1)[2])
    assert "".join(text[k] for k in found.sources) == ERIKSSON_TD1[2]


def test_a_squeezed_character_is_skipped():
    chars = list(placed(ERIKSSON[1]).chars)
    chars.insert(20, CharReading("I", 0.5, (("", 0.4),), chars[19].end - 1, chars[19].end + 1))
    found = align(observe(LineText(tuple(chars))), LOWER)
    assert found.skipped == (20,)


def test_a_doubtful_character_at_its_place_is_not_skipped():
    chars = list(placed(ERIKSSON[0]).chars)
    chars[7] = CharReading("1", 0.7, (("", 0.25), ("I", 0.02)), chars[7].start, chars[7].end)
    found = align(observe(LineText(tuple(chars))), UPPER)
    assert found.sources == tuple(range(44))


def test_a_surplus_filler_is_skipped_wherever_the_reader_put_it():
    chars = list(placed(ERIKSSON[0]).chars)
    chars.insert(35, CharReading("<", 0.9, (), chars[34].end - 1, chars[34].end + 1))
    found = align(observe(LineText(tuple(chars))), UPPER)
    assert len(found.skipped) == 1
    assert found.sources[:30] == tuple(range(30))


def test_a_whole_line_has_lost_nothing_at_its_ends():
    text = ERIKSSON[1][:37] + "<" + "10"
    cut = align(observe(clean_line(text)), LOWER)
    whole = align(observe(clean_line(text)), LOWER, whole=True)
    assert cut.sources[-1] == MISSING
    assert whole.sources[-2:] == (38, 39)


def test_what_is_lost_at_the_start_is_counted():
    assert align(observe(clean_line(ERIKSSON[1][2:])), LOWER).lost_at_start == 2


def test_lines_too_different_still_get_an_answer():
    assert align(observe(clean_line("A" * 24)), LOWER).score < 0


def test_a_line_that_breaks_its_alphabets_surely_is_held_less_against_it():
    names = "P<UTO123456789<<123<<<<<<<<<<<<<<<<<<<<<<<<<"
    sure = align(observe(clean_line(names)), UPPER)
    unsure = align(observe(clean_line(names, 0.95)), UPPER)
    assert sure.score > unsure.score + 20
