import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.loop.average import SLOWEST, follow  # noqa: E402


def norm(value: float, batches: int) -> "torch.nn.BatchNorm1d":
    """A layer whose numbers are all ``value``, and which has seen ``batches``."""
    layer = torch.nn.BatchNorm1d(2)
    for number in layer.state_dict().values():
        number.fill_(value if number.dtype.is_floating_point else batches)
    return layer


def test_the_first_step_counts_most() -> None:
    average, net = norm(0.0, 0), norm(1.0, 7)
    follow(average, net, 0)
    assert average.weight.tolist() == pytest.approx([0.9, 0.9])
    assert average.running_var.tolist() == pytest.approx([0.9, 0.9])
    assert int(average.num_batches_tracked) == 7


def test_late_steps_count_little() -> None:
    average, net = norm(0.0, 0), norm(1.0, 7)
    follow(average, net, 1_000_000)
    assert average.weight.tolist() == pytest.approx([1 - SLOWEST] * 2)
