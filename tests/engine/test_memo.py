import pytest

from engine import memo as forgetting
from engine.memo import forget, remembered


def kept() -> int:
    return sum(cached.cache_info().currsize for cached in forgetting._CACHES)


def test_answers_are_remembered_until_they_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "_CACHES", [])
    asked: list[str] = []
    double = remembered(lambda text: (asked.append(text), 2 * text)[1])
    assert [double("a"), double("a"), double("b")] == ["aa", "aa", "bb"]
    assert (asked, kept()) == (["a", "b"], 2)
    forget()
    assert kept() == 0
    assert double("a") == "aa"
    assert asked == ["a", "b", "a"]
