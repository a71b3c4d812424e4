import math
import random
from itertools import product

import pytest

from engine.mrz.check_digits import weighted_sum
from engine.mrz.decoder.check_search import DATES, digit_holds
from engine.mrz.decoder.posterior import marginals
from engine.mrz.decoder.priors import SAME_STATE, code_gain, date_gain, failure_cost
from engine.mrz.formats import COMPOSITE, LAYOUTS, checks_of
from engine.values.mrz import Field, MrzFormat
from tests.engine.mrz.documents import SPECIMENS


def doubtful(lines, places, random_):
    """Choices of a document that is surely read but in ``places``, where two to three characters may stand."""
    choices = {(n, k): ((char, 0.0),) for n, line in enumerate(lines) for k, char in enumerate(line)}
    for place in places:
        own = choices[place][0][0]
        others = random_.sample([c for c in "0123456789ABCDEFGHIJ" if c != own], 2)
        choices[place] = ((own, 0.0), *((c, random_.uniform(-4.0, 1.0)) for c in others))
    return choices


def summed(layout, choices, checks, with_codes):
    """The same probabilities by trying every text."""
    open_places = [p for p, options in choices.items() if len(options) > 1]
    totals = {p: {} for p in open_places}
    for combination in product(*(choices[p] for p in open_places)):
        text = {p: options[0][0] for p, options in choices.items()}
        text |= {p: c for p, (c, _) in zip(open_places, combination, strict=True)}
        lines = ["".join(text[n, k] for k in range(layout.width)) for n in range(layout.lines)]
        score = sum(s for _, s in combination) + worth(layout, lines, checks, with_codes)
        for p, (c, _) in zip(open_places, combination, strict=True):
            totals[p][c] = totals[p].get(c, 0.0) + math.exp(score)
    return {p: {c: w / sum(t.values()) for c, w in t.items()} for p, t in totals.items()}


def worth(layout, lines, checks, with_codes):
    if with_codes:
        codes = [layout.spans(f)[0].of(lines) for f in (Field.ISSUING_STATE, Field.NATIONALITY)]
        return sum(map(code_gain, codes)) + SAME_STATE * (codes[0] == codes[1])
    covered = [(check, check.covered(lines)) for check in checks]
    failures = sum(not digit_holds(check.digit.of(lines), weighted_sum(text)) for check, text in covered)
    return failure_cost(failures) + sum(date_gain(text) for check, text in covered if check.covers in DATES)


@pytest.mark.parametrize("format", [MrzFormat.TD3, MrzFormat.TD1, MrzFormat.TD2, MrzFormat.MRV_A])
@pytest.mark.parametrize("seed", range(4))
def test_they_are_those_of_trying_every_text(format, seed):
    random_ = random.Random(seed)
    layout, lines = LAYOUTS[format], SPECIMENS[format]
    checks = checks_of(layout, lines)
    units = [check for check in checks if check.covers != COMPOSITE]
    covered = {(s.line, k) for c in checks for s in (*c.spans, c.digit) for k in range(s.start, s.stop)}
    number = {(s.line, k) for s in units[0].spans for k in range(s.start, s.stop)}
    places = {*random_.sample(sorted(number), 2), *random_.sample(sorted(covered), 4)}
    choices = doubtful(lines, places, random_)
    assert_alike(marginals(layout, choices, lines, checks), summed(layout, choices, checks, with_codes=False))


@pytest.mark.parametrize("seed", range(4))
def test_codes_that_exist_and_agree_are_the_more_probable(seed):
    random_ = random.Random(seed)
    layout, lines = LAYOUTS[MrzFormat.TD3], ("P<CHNERIKSSON".ljust(44, "<"), SPECIMENS[MrzFormat.TD3][1])
    choices = doubtful(lines, (), random_)
    choices |= {(0, 2): (("O", 0.0), ("C", -1.0)), (0, 3): (("M", 0.0), ("H", -0.5))}
    choices |= {(1, 10): (("O", 0.0), ("C", random_.uniform(-2.0, 2.0)))}
    found = marginals(layout, choices, lines, checks_of(layout, lines))
    assert_alike(found, summed(layout, choices, (), with_codes=True))


def test_one_doubtful_character_needs_no_sum():
    layout, lines = LAYOUTS[MrzFormat.TD3], SPECIMENS[MrzFormat.TD3]
    choices = doubtful(lines, [(1, 3)], random.Random(0))
    assert marginals(layout, choices, lines, checks_of(layout, lines)) == {}


def test_improbable_characters_are_left_out_but_never_the_decoded_one():
    layout, lines = LAYOUTS[MrzFormat.TD3], SPECIMENS[MrzFormat.TD3]
    choices = doubtful(lines, (), random.Random(0))
    choices |= {
        (1, 3): (("1", 0.0), ("7", -1.0), (lines[1][3], -9.0)),
        (1, 4): (("1", 0.0), ("X", -9.0), ("2", -1.0)),
    }
    found = marginals(layout, choices, [lines[0], lines[1][:4] + "1" + lines[1][5:]], checks_of(layout, lines))
    assert found[1, 3].keys() == {"1", "7", lines[1][3]}
    assert found[1, 4].keys() == {"1", "2"}


def assert_alike(found, expected):
    for place, shares in expected.items():
        assert found[place] == pytest.approx(shares), place
