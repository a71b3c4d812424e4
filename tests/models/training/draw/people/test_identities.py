from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mrz.parse import parse_fields, read_checks
from engine.values.mrz import MrzFormat
from models.training.draw.people.identities import (
    Identity,
    from_pattern,
    invent,
    invent_chinese,
    invent_hong_kong,
    invent_macao,
    invent_taiwanese,
    mrz_lines,
    yymmdd,
)
from models.training.draw.people.states import STATES

Inventor = Callable[[np.random.Generator], Identity]

INVENTORS: dict[str, Inventor] = {
    "any state": invent,
    "China 1997": lambda rng: invent_chinese(rng, "1997"),
    "China 2012": lambda rng: invent_chinese(rng, "2012"),
    "China 2018": lambda rng: invent_chinese(rng, "2018"),
    "Hong Kong": invent_hong_kong,
    "Macao": invent_macao,
    "Taiwan": invent_taiwanese,
}

seeds = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("inventor", INVENTORS.values(), ids=INVENTORS)
@given(seed=seeds)
def test_every_check_digit_holds_and_the_zone_says_what_the_identity_says(inventor: Inventor, seed: int) -> None:
    identity = inventor(np.random.default_rng(seed))
    lines = mrz_lines(identity)
    assert [len(line) for line in lines] == [44, 44]
    assert all(check.ok for check in read_checks(MrzFormat.TD3, lines))
    fields = parse_fields(MrzFormat.TD3, lines)
    assert fields.document_number == identity.number
    assert (fields.birth_date, fields.expiry_date) == (yymmdd(identity.birth_date), yymmdd(identity.expiry_date))
    assert (fields.issuing_state, fields.sex) == (identity.state, identity.sex)


@given(seed=seeds)
def test_dates_are_in_order_and_a_passport_lasts_five_or_ten_years(seed: int) -> None:
    identity = invent(np.random.default_rng(seed))
    assert identity.birth_date < identity.issue_date < identity.expiry_date
    years = round((identity.expiry_date - identity.issue_date).days / 365.25)
    assert years in (5, 10)


@pytest.mark.parametrize("document", [MrzFormat.TD1, MrzFormat.TD2, MrzFormat.MRV_A, MrzFormat.MRV_B])
def test_cards_and_visas_have_zones_whose_check_digits_hold(document: MrzFormat) -> None:
    code = "V" if document in (MrzFormat.MRV_A, MrzFormat.MRV_B) else "I"
    for seed in range(50):
        identity = invent(np.random.default_rng(seed))
        identity = Identity(**{name: getattr(identity, name) for name in identity.__slots__} | {"code": code})
        assert all(check.ok for check in read_checks(document, mrz_lines(identity, document)))


def test_line_two_of_a_chinese_passport_may_hold_no_filler() -> None:
    lines = [mrz_lines(invent_chinese(np.random.default_rng(seed), "2018"))[1] for seed in range(30)]
    assert any("<" not in line for line in lines)


def test_names_of_every_state_can_be_transliterated() -> None:
    for state in STATES.values():
        for seed in range(20):
            mrz_lines(invent(np.random.default_rng(seed), state))


def test_a_pattern_is_filled_letter_by_letter() -> None:
    text = from_pattern(np.random.default_rng(0), "E-A99X")
    assert text[:2] == "E-"
    assert text[2].isalpha()
    assert text[3:5].isdigit()
    assert text[5].isalnum()
