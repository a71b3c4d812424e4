"""What the lines of a place or an authority say, and how surely."""

from dataclasses import replace

import numpy as np
import pytest

from engine.values.items import Item
from engine.values.text import LineText
from engine.visual.items.places.found_place import found_place
from engine.visual.items.text_spans import TextSpan
from tests.engine.visual.pages import line
from tests.engine.visual.text.reading import chars_of, evidence_of


def confidence(text: str, lost: str, chance: float) -> float:
    """That of a place read as ``text``, where the gap behind its third character may hold one that was ``lost``."""
    chars = chars_of(text, 0.999)
    evidence = evidence_of(chars)
    frames = evidence.frames.copy()
    gap = frames[6]
    gap[evidence.alphabet.index(lost) + 1], gap[0] = chance, gap[0] - chance
    seen = replace(evidence, frames=np.asarray(frames, np.float32))
    printed = replace(line(text, 40, 60), text=LineText(chars, seen))
    return found_place(Item.BIRTH_PLACE, [TextSpan(printed, 0, len(text))], 1.0, "UTO").value.confidence


@pytest.mark.parametrize("lost", ["L", " "])
def test_what_may_have_been_lost_between_characters_is_doubt(lost: str) -> None:
    assert confidence("ZENITH", lost, 0.6) < confidence("ZENITH", lost, 0.2) < confidence("ZENITH", lost, 0.0)


def test_a_line_without_evidence_is_as_sure_as_its_characters() -> None:
    printed = line("ZENITH", 40, 60, certainty=0.999)
    value = found_place(Item.BIRTH_PLACE, [TextSpan(printed, 0, 6)], 1.0, "UTO").value
    assert value.confidence == pytest.approx((0.999**6) ** 0.25)


def sureness(text: str) -> float:
    """Confidence of an authority that was read without doubt."""
    printed = line(text, 40, 60, certainty=0.9999)
    return found_place(Item.AUTHORITY, [TextSpan(printed, 0, len(text))], 1.0, "UTO").value.confidence


@pytest.mark.parametrize("text", ["OF INTERIOR", "And Immigration", "MINISTRY OF", "PASSPORTS AND"])
def test_a_text_whose_beginning_or_end_is_lost_is_doubtful(text: str) -> None:
    assert sureness(text) < 0.2


@pytest.mark.parametrize("text", ["OFFICE OF INTERIOR", "ANDORRA", "Ypsilanti", "DES MOINES", "OFFENBACH"])
def test_a_text_that_only_looks_like_that_is_not(text: str) -> None:
    assert sureness(text) > 0.9
