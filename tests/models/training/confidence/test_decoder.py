"""The power of the decoder's odds under which what came out of drawn lines is most probable."""

import math

import pytest

from models.training.confidence.decoder import Outcome, fit, probability


def outcomes(probability: float, right_of_100: int) -> list[Outcome]:
    """Lines of one character that is as probable as given, right as often as given."""
    return [Outcome((math.log(probability / (1 - probability)),), 1.0, i % 100 < right_of_100) for i in range(400)]


def test_the_power_is_applied_to_each_character() -> None:
    outcome = Outcome((math.log(9), math.log(9)), 0.5, True)
    assert probability(outcome, 1.0) == pytest.approx(0.5 * 0.9 * 0.9)
    assert probability(outcome, 2.0) == pytest.approx(0.5 * (81 / 82) ** 2)


def test_odds_that_are_too_low_are_raised() -> None:
    found = fit(outcomes(0.9, 97))
    assert found["sharpness"] > 1.3
    assert found["loss"] < found["loss_uncalibrated"]
    assert (found["lines"], found["wrong"]) == (400, 12)


def test_odds_that_are_too_high_are_lowered() -> None:
    assert fit(outcomes(0.99, 90))["sharpness"] == 0.8


def test_without_lines_odds_stay_as_they_are() -> None:
    assert fit([])["sharpness"] == 1.0
