"""Which small lines are read again: those near words that the network cannot place."""

import numpy as np
import pytest

from engine.values.items import Item
from engine.visual.items.tagging import labels_in_question as module
from engine.visual.items.tagging.labels_in_question import labels_in_question
from engine.visual.items.tagging.word_tags import COUNT, NOTHING, label_tag, value_tag
from engine.visual.items.text_spans import RecognisedLine
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import label, line

MRZ = mrz_reading(("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"))
VALUE = line("ZENITH", 40, 30)


def chosen(monkeypatch: pytest.MonkeyPatch, tag: int, probability: float, *small: RecognisedLine) -> list[int]:
    """What is chosen where the network says ``tag`` of the value, and is sure of all else."""

    def tag_words(words: object, fields: object) -> np.ndarray:
        tags = np.zeros((1 + len(small), COUNT), np.float32)
        tags[:, NOTHING] = 1
        value = next(i for i, word in enumerate(words) if word.text == "ZENITH")  # type: ignore[arg-type, var-annotated]
        tags[value] = (1 - probability) / (COUNT - 1)
        tags[value, tag] = probability
        return tags

    monkeypatch.setattr(module, "tag_words", tag_words)
    return labels_in_question([VALUE], small, MRZ.fields)


@pytest.mark.parametrize(
    ("tag", "probability", "found"),
    [
        pytest.param(value_tag(Item.BIRTH_PLACE), 0.6, [0], id="an item it is not sure of"),
        pytest.param(value_tag(None), 0.6, [0], id="perhaps another value"),
        pytest.param(value_tag(Item.BIRTH_PLACE), 0.95, [], id="sure"),
        pytest.param(NOTHING, 0.6, [], id="hardly a value"),
        pytest.param(label_tag(Item.BIRTH_PLACE), 0.6, [], id="a label"),
    ],
)
def test_the_label_of_a_word_that_may_be_a_value_is_read_again(
    monkeypatch: pytest.MonkeyPatch, tag: int, probability: float, found: list[int]
) -> None:
    assert chosen(monkeypatch, tag, probability, label("Pob", 40, 26)) == found


@pytest.mark.parametrize(
    ("left", "baseline", "found"),
    [
        pytest.param(40, 26, [0], id="above"),
        pytest.param(40, 31.5, [0], id="below"),
        pytest.param(32, 30, [0], id="before it in its row"),
        pytest.param(40, 20, [], id="of another row"),
        pytest.param(70, 26, [], id="of another column"),
        pytest.param(10, 26, [], id="of the column before"),
    ],
)
def test_a_label_stands_beside_its_value(
    monkeypatch: pytest.MonkeyPatch, left: float, baseline: float, found: list[int]
) -> None:
    assert chosen(monkeypatch, value_tag(None), 0.5, label("Pob", left, baseline)) == found
