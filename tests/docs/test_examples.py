"""The Python of README and docs runs and prints what stands below it (``# → 1990-10-03``)."""

import contextlib
import io
from pathlib import Path

import pytest
from sybil import Document, Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser

from tests.docs.pages import PAGES, ROOT, make_folder, name_of

PRINTED = "# → "
run = PythonEvaluator()


def evaluate(example: Example) -> None:
    """Run one block; everything it prints stands in it, in order."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        run(example)
    lines = (line.strip() for line in str(example.parsed).splitlines())
    assert printed.getvalue().splitlines() == [
        line.removeprefix(PRINTED) for line in lines if line.startswith(PRINTED)
    ]


def examples(page: Path) -> list[Example]:
    parser = CodeBlockParser(language="python", evaluator=evaluate)
    document: Document = Sybil([parser], path=str(ROOT)).parse(page)
    return list(document.examples())


FRAMEWORKS = ROOT / "docs" / "frameworks.md"
"""Its examples need what not everybody has: `test_frameworks`."""
FOUND = {page: found for page in PAGES if page != FRAMEWORKS and (found := examples(page))}
PAGES_WITH_EXAMPLES = 2
"""There are today; fewer would mean that they are no longer found."""


def test_examples_are_found() -> None:
    assert len(FOUND) >= PAGES_WITH_EXAMPLES


@pytest.mark.parametrize("page", FOUND, ids=name_of)
def test_examples_are_true(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make_folder(tmp_path))
    for example in FOUND[page]:
        example.evaluate()
