import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.training.confidence.rising_curve import PRIOR, fit_curve, rising

VALUES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


@given(VALUES)
def test_fits_are_curves_and_never_certain(values: list[tuple[float, bool]]) -> None:
    assert fit_curve(values).probabilities[-1] < 1


def test_many_values_speak_for_themselves() -> None:
    curve = fit_curve([(0.85, i % 2 == 0) for i in range(2000)])
    assert abs(curve(0.85) - 0.5) < 0.01


def test_few_values_hardly_move_the_score() -> None:
    assert abs(fit_curve([(0.85, False)])(0.85) - 0.85 * PRIOR / (PRIOR + 1)) < 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_rising_keeps_the_mean_and_what_rises_already(values: list[float]) -> None:
    made = rising(np.array(values), np.ones(len(values)))
    assert (np.diff(made) >= -1e-12).all()
    assert np.isclose(made.mean(), np.mean(values))
    assert np.allclose(rising(np.sort(values), np.ones(len(values))), np.sort(values))
