"""Which lines are read again."""

import pytest

from engine.values.text import CharReading, LineText
from engine.visual.text.doubt import HOPELESS, MOST, SURE, SURE_OF_ALL, choose_doubtful, surer


def line(weakest: float, text: str = "OSLO") -> LineText:
    return LineText(tuple(CharReading(c, weakest if i == 1 else 0.999) for i, c in enumerate(text)))


@pytest.mark.parametrize(
    ("text", "again"),
    [
        pytest.param(line(SURE), False, id="sure"),
        pytest.param(line(SURE - 0.01), True, id="in doubt"),
        pytest.param(line(HOPELESS), True, id="just worth it"),
        pytest.param(line(HOPELESS - 0.01), False, id="pattern"),
        pytest.param(line(0.5, "A./"), False, id="too short"),
        pytest.param(LineText(), False, id="nothing"),
    ],
)
def test_doubtful_lines_are_read_again(text: LineText, again: bool) -> None:
    assert choose_doubtful([text]) == ([0] if again else [])


def test_more_is_read_again_where_a_reader_lacks_letters() -> None:
    assert choose_doubtful([line(0.9, "HAŻ")], SURE_OF_ALL) == [0]
    assert choose_doubtful([line(0.999, "HAŻ")], SURE_OF_ALL) == []


def test_the_surest_come_first_and_are_few() -> None:
    texts = [line(0.3 + 0.01 * i) for i in range(MOST + 4)]
    assert choose_doubtful(texts) == list(range(MOST + 3, 3, -1))


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        pytest.param(line(0.5), line(0.6, "OSLQ"), "OSLQ", id="the second is surer"),
        pytest.param(line(0.6), line(0.5, "OSLQ"), "OSLO", id="the first is surer"),
        pytest.param(line(0.5), line(0.45, "OSLO BERGEN"), "OSLO BERGEN", id="on average, not at the weakest place"),
        pytest.param(line(0.3), LineText(), "OSLO", id="nothing is no reading"),
        pytest.param(line(0.0), LineText(), "OSLO", id="nothing is less than what is impossible"),
    ],
)
def test_the_surer_reading_is_believed(first: LineText, second: LineText, wanted: str) -> None:
    assert surer(first, second).text == wanted
