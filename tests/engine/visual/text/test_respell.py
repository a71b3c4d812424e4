"""Letters that a known name settles, and letters that stay."""

from engine.values.text import CharReading
from engine.visual.text.respell import Respelling, likeliest, near, respelt

NAMES = {"SHANGHAI": "SHANGHAI", "SHANXI": "SHANXI", "BEIJING": "BEIJING"}


def read(text: str, doubtful: int = -1, probability: float = 0.4) -> list[CharReading]:
    """Characters side by side, sure but for one."""
    return [
        CharReading(char, probability if i == doubtful else 0.999, (), float(i), i + 1.0)
        for i, char in enumerate(text)
    ]


def best(chars: list[CharReading], odds: float = 10.0) -> Respelling | None:
    return likeliest(list(near(chars, 0, len(chars), NAMES, 6, odds)))


def test_a_doubtful_letter_is_settled() -> None:
    found = best(read("SHANGHA1", doubtful=7))
    assert found is not None
    assert found.name == "SHANGHAI"
    out = respelt(read("SHANGHA1", doubtful=7), found)
    assert "".join(char.char for char in out) == "SHANGHAI"
    assert out[7].alternatives[0][0] == "1", "what was read stays an alternative"
    assert out[7].probability <= 0.9
    assert out[0].probability == 0.999


def test_a_sure_letter_outweighs_every_name() -> None:
    assert best(read("SHANGHAT")) is None


def test_names_as_likely_as_each_other_settle_nothing() -> None:
    rivals = [Respelling(0, 5, "ANNA", 8.0), Respelling(0, 5, "ANNE", 7.0)]
    assert likeliest(rivals) is None
    assert likeliest(rivals[:1]) == rivals[0]
    assert likeliest([]) is None


def test_too_many_errors_are_another_word() -> None:
    assert list(near(read("PARIS"), 0, 5, NAMES, 6, 10.0)) == []


def test_a_lost_letter_stands_where_it_was_lost_and_small_letters_stay_small() -> None:
    chars = read("Beiing")
    out = respelt(chars, Respelling(0, 6, "BEIJING", 3.0))
    assert "".join(char.char for char in out) == "Beijing"
    assert out[3].start == out[3].end == chars[2].end
