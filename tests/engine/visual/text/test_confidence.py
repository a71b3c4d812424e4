from hypothesis import given
from hypothesis import strategies as st

from engine.visual.text.confidence import calibrated


@given(st.floats(0, 1), st.floats(0, 1))
def test_order_is_kept_and_certainty_stays_certainty(one: float, two: float) -> None:
    assert (calibrated(one) <= calibrated(two)) == (one <= two) or calibrated(one) == calibrated(two)
    assert calibrated(0.0) == 0.0
    assert calibrated(1.0) == 1.0


@given(st.floats(0, 1))
def test_products_are_raised(product: float) -> None:
    assert product <= calibrated(product) <= 1.0
