import pytest

from engine.mrz.decoder.alignment import Alignment
from engine.mrz.decoder.candidates import Candidate, find_candidates
from engine.mrz.decoder.evidence import NONE, Evidence, is_legible, may_be_read, weigh
from engine.mrz.decoder.likelihood import observe
from engine.mrz.decoder.settle import settle
from engine.mrz.formats import TD3
from tests.engine.mrz.documents import ERIKSSON
from tests.engine.mrz.noisy_reader import clean_line


def weighed(lines):
    observed = [observe(clean_line(line)) for line in lines]
    candidate = find_candidates(observed)[0]
    seen = [line.chars for line in observed]
    return weigh(candidate, settle(candidate.layout, seen))


def test_a_clean_document_has_plenty():
    evidence = weighed(ERIKSSON)
    assert evidence.is_enough
    assert evidence.is_plenty
    assert evidence.total > evidence.data > 60


def test_without_a_name_or_a_number_there_is_no_document():
    assert weighed(["P<UTO" + "<" * 39, ERIKSSON[1]]) == NONE
    assert weighed([ERIKSSON[0], "<" * 9 + "0" + ERIKSSON[1][10:]]) == NONE


def test_fillers_of_the_names_do_not_stand_in_for_data():
    assert not Evidence(total=90.0, data=2.0).is_enough
    assert not Evidence(total=90.0, data=2.0).is_plenty


def test_what_lost_its_beginning_is_not_looked_at():
    whole, cut = tuple(range(44)), (-1, -1, -1, -1, *range(40))
    assert may_be_read(Candidate(TD3, (0, 1), (Alignment(50.0, whole), Alignment(50.0, whole)), 100.0))
    assert not may_be_read(Candidate(TD3, (0, 1), (Alignment(50.0, whole), Alignment(50.0, cut)), 100.0))


def test_a_label_does_not_pass_for_names():
    whole = tuple(range(44))
    assert not may_be_read(Candidate(TD3, (0, 1), (Alignment(-8.0, whole), Alignment(90.0, whole)), 82.0))


LEGIBLE_LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


@pytest.mark.parametrize(
    ("names", "data", "legible"),
    [
        pytest.param(0.95, 0.95, True, id="both lines"),
        pytest.param(0.7, 0.95, True, id="the names are blurred: no check digit helps to read them"),
        pytest.param(0.99, 0.88, True, id="taken together"),
        pytest.param(0.95, 0.7, False, id="dates and number are guesses"),
        pytest.param(0.7, 0.7, False, id="neither"),
    ],
)
def test_lines_are_legible_together_or_without_the_names(names: float, data: float, legible: bool) -> None:
    chars = ((names,) * 44, (data,) * 44)
    assert is_legible(TD3, LEGIBLE_LINES, chars) is legible


def test_fillers_do_not_count() -> None:
    chars = tuple(tuple(0.99 if c == "<" else 0.7 for c in line) for line in LEGIBLE_LINES)
    assert not is_legible(TD3, LEGIBLE_LINES, chars)
