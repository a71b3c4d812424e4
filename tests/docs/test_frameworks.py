"""The examples of frameworks run where the framework is installed."""

import shutil
import sys
from pathlib import Path

import pytest
from sybil import Example

from tests.docs.pages import ROOT, make_folder
from tests.docs.test_examples import examples

PAGE = ROOT / "docs" / "frameworks.md"
NEEDED = {"ray": "ray.data", "dask": "dask.bag", "pyspark": "pyspark.sql"}


def needed(example: Example) -> str:
    return next(module for word, module in NEEDED.items() if word in str(example.parsed))


def test_there_is_an_example_of_each() -> None:
    assert [needed(example) for example in examples(PAGE)] == list(NEEDED.values())


@pytest.mark.filterwarnings("ignore")  # frameworks warn about themselves
@pytest.mark.parametrize("example", examples(PAGE), ids=needed)
def test_the_example_runs(example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = needed(example)
    pytest.importorskip(module, reason=f"{module} is not installed", exc_type=ImportError)
    if module == "pyspark.sql" and shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # the python3 in PATH may be another
    monkeypatch.chdir(make_folder(tmp_path))
    example.evaluate()
    if module == "dask.bag":
        assert example.namespace["numbers"]
    else:
        assert list(Path("numbers").glob("*.parquet"))
