from pathlib import Path

import pytest

from tests.release.use import Unusable, artefacts

WHEEL, SOURCE = "passport_ocr-0.1.0-py3-none-any.whl", "passport_ocr-0.1.0.tar.gz"


def test_one_wheel_and_one_source_distribution(tmp_path: Path) -> None:
    for name in (SOURCE, WHEEL, "other.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in artefacts(tmp_path)] == [WHEEL, SOURCE]


@pytest.mark.parametrize("names", [[], [WHEEL], [SOURCE], [WHEEL, SOURCE, "passport_ocr-0.2.0.tar.gz"]])
def test_anything_else_is_refused(names: list[str], tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).touch()
    with pytest.raises(Unusable, match="run make dist"):
        artefacts(tmp_path)
