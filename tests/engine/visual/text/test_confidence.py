from hypothesis import given
from hypothesis import strategies as st

from engine.visual.text.confidence import tempered


@given(st.floats(0, 1), st.floats(0, 1))
def test_order_is_kept_and_certainty_stays_certainty(one: float, two: float) -> None:
    assert (tempered(one) <= tempered(two)) == (one <= two) or tempered(one) == tempered(two)
    assert tempered(0.0) == 0.0
    assert tempered(1.0) == 1.0


@given(st.floats(0, 1))
def test_products_are_raised(product: float) -> None:
    assert product <= tempered(product) <= 1.0
