"""Every warning is told of, and none quotes what was read."""

from pathlib import Path

import pytest

from engine.values.items import Item
from engine.values.warnings import Caution, Warning

GUIDE = Path(__file__).parents[3] / "docs" / "warnings.md"


@pytest.mark.parametrize("warning", list(Warning))
def test_the_guide_says_what_each_means(warning: Warning) -> None:
    assert f"| `{warning.name}` |" in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("warning", list(Warning))
def test_advice_says_what_is_amiss_and_what_to_do(warning: Warning) -> None:
    advice = Caution(warning, (Item.SEX,)).advice
    assert ": " in advice
    assert "{" not in advice
