"""The figures of README and docs are those of ``benchmarks/results``, in English and in Chinese."""

import re
from pathlib import Path

import pytest

from benchmarks.figures.write import MARK, named_figures
from benchmarks.readme_figures import language_of, write_all
from tests.docs.pages import PAGES, ROOT, name_of

WRITTEN = write_all()
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
TRANSLATED = {
    "README.zh.md": ["README.md"],
    "docs/zh/index.md": ["docs/*.md"],
    "docs/zh/operations.md": ["docs/operations/*.md", "docs/http.md", "docs/privacy.md"],
}
"""Chinese pages, and the English ones whose figures they may give."""


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_figures_are_those_of_the_results(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == WRITTEN[path], "run `python -m benchmarks.readme_figures`"


def test_both_readmes_give_the_same_figures_and_some() -> None:
    english, chinese = (named_figures((ROOT / name).read_text("utf-8")) for name in ("README.md", "README.zh.md"))
    assert sorted(english) == sorted(chinese)
    assert len(english) >= 5


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_mark_at_the_start_of_a_line_stands_alone(page: Path) -> None:
    """Markdown takes the rest of a line that starts with a comment for HTML: it would tear a paragraph apart."""
    for match in MARK.finditer(page.read_text(encoding="utf-8")):
        starts_line = match.start() == 0 or match.string[match.start() - 1] == "\n"
        assert starts_line == match["text"].startswith("\n\n"), match["name"]


@pytest.mark.parametrize("chinese", TRANSLATED)
def test_a_chinese_page_has_no_figure_that_the_english_ones_lack(chinese: str) -> None:
    english = {number for pattern in TRANSLATED[chinese] for page in ROOT.glob(pattern) for number in numbers(page)}
    assert sorted(numbers(ROOT / chinese) - english) == []


def numbers(page: Path) -> set[str]:
    """Every number of the text, with thousands as in English."""
    return set(NUMBER.findall(page.read_text(encoding="utf-8")))


def test_languages() -> None:
    assert [language_of(ROOT / name) for name in TRANSLATED] == ["zh"] * len(TRANSLATED)
    assert language_of(ROOT / "README.md") == language_of(ROOT / "docs" / "index.md") == "en"
