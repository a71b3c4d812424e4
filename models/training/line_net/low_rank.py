"""Splits a convolution in two of limited rank that together do nearly the same."""

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]

_RIDGE = 1e-4
"""Of the mean variance: directions that drawn lines never show still weigh a little."""


def split(weights: Weights, seen: Weights, rank: int) -> tuple[Weights, Weights]:
    """Split weights O×I×R×C into rank×I×R×1, down the rows, and O×rank×1×C, along them.

    What a layer must do well is what it really sees: the singular value decomposition is weighted by ``seen``
    (I·R × I·R), the second moments of the inputs down the rows.
    """
    outputs, inputs, rows, columns = weights.shape
    matrix = weights.transpose(1, 2, 3, 0).reshape(inputs * rows, columns * outputs)
    root = np.linalg.cholesky(seen + _RIDGE * np.diagonal(seen).mean() * np.eye(len(seen)))
    left, sizes, right = np.linalg.svd(root.T @ matrix, full_matrices=False)
    shares = np.sqrt(sizes[:rank])
    down = np.linalg.solve(root.T, left[:, :rank] * shares)
    along = (shares[:, None] * right[:rank]).reshape(rank, columns, outputs)
    return down.T.reshape(rank, inputs, rows, 1), along.transpose(2, 0, 1)[:, :, None]
