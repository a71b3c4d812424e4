"""Convolutions split in two: what they do together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.training.line_net.low_rank import split


def joined(down: NDArray[np.float64], along: NDArray[np.float64]) -> NDArray[np.float64]:
    """The one convolution that two do."""
    return np.asarray(np.einsum("kir,okc->oirc", down[..., 0], along[:, :, 0]))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999), outputs=st.integers(1, 6), inputs=st.integers(1, 5), columns=st.integers(1, 5))
def test_full_rank_is_the_same_convolution(seed: int, outputs: int, inputs: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.normal(size=(outputs, inputs, 3, columns))
    patches = rng.normal(size=(200, inputs * 3))
    down, along = split(weights, patches.T @ patches, min(inputs * 3, outputs * columns))
    assert joined(down, along) == pytest.approx(weights, abs=1e-6)


def test_limited_rank_does_well_what_is_seen() -> None:
    """Inputs that vary in two directions only need two ranks, whatever the weights do elsewhere."""
    rng = np.random.default_rng(1)
    patches = rng.normal(size=(500, 2)) @ rng.normal(size=(2, 12))
    weights = rng.normal(size=(8, 4, 3, 5))
    down, along = split(weights, patches.T @ patches, 2)
    assert down.shape == (2, 4, 3, 1)
    assert along.shape == (8, 2, 1, 5)
    error = (joined(down, along) - weights).transpose(1, 2, 0, 3).reshape(12, -1)
    whole = weights.transpose(1, 2, 0, 3).reshape(12, -1)
    assert np.linalg.norm(patches @ error) < 0.03 * np.linalg.norm(patches @ whole)
