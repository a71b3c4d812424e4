"""Labels of frames, and a loss that falls when the right characters become likelier."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.line_net.batches import Batch  # noqa: E402
from models.training.line_net.loss import IGNORED, frame_labels, line_loss  # noqa: E402


def batch(centres: list[float]) -> Batch:
    """Two lines of 16 and 8 px with classes 3, 1 and 2."""
    return Batch(
        np.zeros((2, 24, 16), np.uint8),
        np.array([16, 8]),
        np.array([3, 1, 2]),
        np.array([2, 1]),
        np.array(centres, np.float32),
    )


def test_the_frame_nearest_to_a_centre_has_its_class() -> None:
    labels = frame_labels(batch([1.5, 13.0, 6.0]), frames=5, stride=4)
    assert labels.tolist() == [[3, 0, 0, 1, IGNORED], [0, 2, IGNORED, IGNORED, IGNORED]]


def test_a_line_without_centres_does_not_count() -> None:
    labels = frame_labels(batch([1.5, 13.0, float("nan")]), frames=4, stride=4)
    assert labels.tolist() == [[3, 0, 0, 1], [IGNORED] * 4]


@pytest.mark.parametrize("frame_share", [1.0, 0.05])
def test_the_loss_is_least_for_the_truth(frame_share: float) -> None:
    lines = batch([1.5, 13.0, 6.0])
    truth = np.where(frame_labels(lines, 4, 4) == IGNORED, 0, frame_labels(lines, 4, 4))
    right = torch.nn.functional.one_hot(torch.from_numpy(truth), 4).float() * 9
    losses = [float(line_loss(logits, lines, 4, frame_share=frame_share)) for logits in (right, right * 0, -right)]
    assert losses == sorted(losses)
    assert losses[0] < 0.05


def test_without_any_centre_the_frame_loss_is_nothing() -> None:
    logits = torch.zeros(2, 4, 4, requires_grad=True)
    loss = line_loss(logits, batch([float("nan")] * 3), 4, frame_share=1.0)
    loss.backward()
    assert float(loss.detach()) == 0
    assert not logits.grad.any()
