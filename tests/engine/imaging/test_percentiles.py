import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.imaging.percentiles import median, percentile

VALUES = arrays(np.float64, st.integers(1, 60), elements=st.floats(-1e6, 1e6))


@given(VALUES, st.floats(0, 100))
def test_as_numpy_has_it(values: np.ndarray, percent: float) -> None:
    assert percentile(values, percent) == pytest.approx(np.percentile(values, percent), rel=1e-9, abs=1e-6)


@given(VALUES)
def test_the_median_is_the_fiftieth(values: np.ndarray) -> None:
    assert median(values) == pytest.approx(np.median(values), rel=1e-9, abs=1e-6)


def test_of_pixels_of_any_shape() -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    assert (percentile(pixels, 0), percentile(pixels, 25), percentile(pixels, 100)) == (0, 2.75, 11)
