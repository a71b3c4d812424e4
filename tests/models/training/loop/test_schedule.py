import pytest

from models.training.loop.schedule import learning_rate


def rate(step: int) -> float:
    return learning_rate(2.0, step, 1000, warm_up=10, least=0.02)


def test_it_rises_to_the_peak_then_falls_to_the_least() -> None:
    assert rate(0) == pytest.approx(0.2)
    assert rate(9) == pytest.approx(2.0, rel=0.01)
    assert rate(500) == pytest.approx(2.0 * 0.51)
    assert rate(1000) == pytest.approx(0.04)
    rates = [rate(step) for step in range(9, 1001)]
    assert rates == sorted(rates, reverse=True)


def test_beyond_the_last_step_it_stays_at_the_least() -> None:
    assert rate(1500) == rate(1000)
