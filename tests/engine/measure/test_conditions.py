from pathlib import Path

import pytest

from engine.measure.conditions import conditions
from engine.measure.truth import Document


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("photo", "glare"), ["photo"]),
        (("scan", "dpi94", "lowres"), ["scan94"]),
        (("scan", "dpi94", "chinese"), ["scan94", "chinese_scan94"]),
        (("scan", "dpi150", "chinese"), ["scan150"]),
        (("scan", "dpi300", "chinese", "layout:chn_2012"), ["scan150", "chinese_clean200"]),
        (("scan", "dpi300", "chinese", "copy"), ["scan150"]),
        (("scan",), []),
        ((), []),
    ],
)
def test_groups(tags: tuple[str, ...], expected: list[str]) -> None:
    assert conditions(Document("a.jpg", Path("a.jpg"), "TD3", tags, ("",), {})) == expected
